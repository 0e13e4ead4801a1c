// Writes facts as facts/images/*.yaml have them, so that a file that a script wrote is one that a person would have.

const ORDER = [
  ...['id', 'match', 'exceptTags', 'ports', 'versions', 'variants', 'subcommands', 'withoutSubcommand'],
  ...[
    'honoursPort',
    'otherVariables',
    'otherFlags',
    'misleadingVariables',
    'variablesComplete',
    'serviceLinks',
  ],
  ...['programs', 'configPaths', 'configFormat', 'statePaths', 'otherArgsHarmless', 'harmlessArgs'],
  ...['bind', 'user', 'bindsLowPorts', 'composeHostPorts', 'status', 'checked', 'source', 'cases', 'notes'],
];
/** Lists that are short enough for one line. */
const FLOW = new Set(['env', 'flags', 'names', 'tags']);
const WIDTH = 110;

export const printFacts = (facts) => facts.map(printFact).join('');

const printFact = (fact) =>
  sorted(fact)
    .flatMap(([key, value], index) => field(key, value, index === 0 ? '- ' : '  '))
    .map((line) => `${line}\n`)
    .join('');

function sorted(fact) {
  const rank = (key) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  return Object.entries(fact).sort(([a], [b]) => rank(a) - rank(b));
}

function field(key, value, indent) {
  const inner = ' '.repeat(indent.length);
  if (key === 'notes' && indent.length + key.length + value.length + 2 > WIDTH) {
    return [`${indent}notes: >-`, ...wrapped(value, `${inner}  `)];
  }
  if (!Array.isArray(value)) return [`${indent}${key}: ${flow(value)}`];
  if (FLOW.has(key) || value.length === 0) return [`${indent}${key}: ${flow(value)}`];
  return [`${indent}${key}:`, ...value.flatMap((one) => item(key, one, `${inner}  `))];
}

function item(key, one, indent) {
  const isShort = key === 'source' || key === 'cases' || typeof one !== 'object';
  const line = `${indent}- ${flow(one)}`;
  if (isShort || (key === 'ports' && Object.keys(one).length === 1)) return [line];
  return Object.entries(one).flatMap(([name, value], index) =>
    field(name, value, index === 0 ? `${indent}- ` : `${indent}  `),
  );
}

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${plain(key)}: ${flow(one)}`)
      .join(', ')} }`;
  }
  return typeof value === 'string' ? plain(value) : String(value);
}

/** What YAML would take for something else is quoted. */
const plain = (text) =>
  /^[A-Za-z0-9_./$+-][\w ./@+$()'’…=;&~–—`-]*$/.test(text) &&
  !/ #|: |^[-?] |\s$|^-$/.test(text) &&
  !/^(?:true|false|null|yes|no|on|off|~)$/i.test(text) &&
  Number.isNaN(Number(text)) &&
  !/^\d{4}-\d\d-\d\d/.test(text)
    ? text
    : JSON.stringify(text);

function wrapped(text, indent) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== '' && indent.length + last.length + word.length + 1 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${indent}${line}`);
}
