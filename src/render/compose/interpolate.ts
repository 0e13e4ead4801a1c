/** What a variable of a compose file is, as far as it is known. */
export type Variables = ReadonlyMap<string, string>;

const VARIABLE = /\$(?:\$|(\w+)|\{(\w+)(?:(:?[-?+])((?:[^{}$]|\$\{[^{}]*\})*))?\})/g;

/** Fills in `$VAR`, `${VAR}`, `${VAR:-default}`, `${VAR-default}`, `${VAR:?error}` and `${VAR:+other}` (compose-spec, interpolation). */
export function interpolate(text: string, variables: Variables): string {
  if (!text.includes('$')) return text;
  return text.replace(VARIABLE, (whole, plain?: string, braced?: string, operator?: string, other = '') => {
    const name = plain ?? braced;
    if (name === undefined) return whole === '$$' ? '$' : whole;
    const value = variables.get(name);
    const isSet = value !== undefined && (value !== '' || !operator?.startsWith(':'));
    if (operator?.endsWith('+')) return isSet ? interpolate(other, variables) : '';
    if (isSet) return value;
    return operator?.endsWith('-') ? interpolate(other, variables) : '';
  });
}

/** Names that a text asks for, which have neither a value nor a default. */
export const unsetIn = (text: string, variables: Variables): string[] =>
  [...text.matchAll(VARIABLE)].flatMap(([, plain, braced, operator]) => {
    const name = plain ?? braced;
    return name === undefined || operator?.endsWith('-') || variables.has(name) ? [] : [name];
  });

/** Lines of `KEY=VALUE`; quotes and comments as compose has them. */
export function readEnvFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    const name = line
      .slice(0, Math.max(0, equals))
      .trim()
      .replace(/^export\s/, '')
      .trim();
    if (/^[\w.-]+$/.test(name)) values.set(name, writtenValue(line.slice(equals + 1).trim()));
  }
  return values;
}

function writtenValue(raw: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'/.exec(raw);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  const comment = raw.indexOf(' #');
  return (comment < 0 ? raw : raw.slice(0, comment)).trimEnd();
}
