/** A value that a file of some format gives a name, on one line. */
export interface FileSetting {
  /** The sections around it, dotted: `spring.data.redis`; empty where there are none. */
  readonly sections: string;
  readonly key: string;
  readonly value: string;
  /** Range of the value in the text, without its quotes. */
  readonly start: number;
  readonly end: number;
}

/** A host and a port that one section gives side by side. */
export interface HostAndPort {
  /** `spring.data.redis.host`. */
  readonly name: string;
  readonly host: FileSetting;
  readonly number: number;
}

const COMMENT = /^[ \t]{0,200}(?:#|;|\/\/|--|\*|<!--)/;
const SECTION = /^[ \t]{0,200}\[{1,2}([\w.-]{1,80})\]{1,2}[ \t]{0,80}(?:[#;]|\r?$)/;
const INDENT = /^[ \t]{0,200}(?:-[ \t]{1,80})?/;
/** `redis:`, `"redis": {`, `redis {`. */
const OPENS =
  /^[ \t{]{0,200}(?:-[ \t]{1,80})?["']?([\w.-]{1,64})["']?[ \t]{0,8}[:=]?[ \t]{0,8}\{?[ \t]{0,80}\r?$/;
const PAIR =
  /["']?([\w.-]{1,64})["']?[ \t]{0,8}[:=][ \t]{0,8}(?:"([^"\n]{0,256})"|'([^'\n]{0,256})'|([^\s"',{}[\]#;][^\s,{}#;]{0,256}))/g;

/** Names and values of a file in YAML, JSON, TOML, INI or as properties, as far as they stand on one line each. */
export function* settingsInFile(text: string): Generator<FileSetting> {
  let parents: { readonly indent: number; readonly key: string }[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const from = offset;
    offset += line.length + 1;
    if (line.trim() === '' || COMMENT.test(line)) continue;
    const section = SECTION.exec(line)?.[1];
    if (section !== undefined) {
      parents = [{ indent: -1, key: section }];
      continue;
    }
    const indent = INDENT.exec(line)![0].length;
    parents = parents.filter((one) => one.indent < indent);
    const around = parents.map(({ key }) => key).join('.');
    const within = line.includes('{') ? bracesOf(line) : undefined;
    for (const match of line.matchAll(PAIR)) {
      const [whole, key = '', double, single, plain] = match;
      const value = double ?? single ?? plain ?? '';
      const end = from + match.index + whole.length - (plain === undefined ? 1 : 0);
      const inner = within?.(match.index) ?? '';
      const sections = around !== '' && inner !== '' ? `${around}.${inner}` : `${around}${inner}`;
      yield { sections, key, value, start: end - value.length, end };
    }
    const opened = OPENS.exec(line)?.[1];
    if (opened !== undefined) parents.push({ indent, key: opened });
  }
}

/** `"redis": {`, a brace without a name, and the end of either. */
const BRACE = /(?:["']?([\w.-]{1,64})["']?[ \t]{0,8}[:=]?[ \t]{0,8})?\{|\}/g;
/** Deeper than sections lie in what people write; files that are made go deeper. */
const DEEPEST = 8;

/** Which sections a place of one line lies in, as far as they begin on it: `{"redis": {"host": "a"}}`. Places are asked in order. */
function bracesOf(line: string): (place: number) => string {
  const braces = line.matchAll(BRACE);
  const open: string[] = [];
  let next = braces.next();
  return (place) => {
    for (; !next.done && next.value.index < place; next = braces.next()) {
      if (next.value[0] === '}') open.pop();
      else open.push(next.value[1] ?? '');
    }
    return open.slice(-DEEPEST).filter(Boolean).join('.');
  };
}

const HOST = /^(.{0,64}?)(?:host|hostname|server|addr|address|bind|ip)$/i;

/** `host: localhost` beside `port: 6379`, and `db_host=localhost` beside `db_port=5432`. */
export function hostsAndPorts(settings: readonly FileSetting[]): HostAndPort[] {
  const ports = new Map(
    settings.flatMap((one) =>
      /port$/i.test(one.key) && /^\d{2,5}$/.test(one.value)
        ? [[nameOf(one).slice(0, -'port'.length).toLowerCase(), Number(one.value)] as const]
        : [],
    ),
  );
  return settings.flatMap((host) => {
    const prefix = HOST.exec(host.key)?.[1];
    const number =
      prefix === undefined ? undefined : ports.get(nameOf({ ...host, key: prefix }).toLowerCase());
    return number === undefined ? [] : [{ name: nameOf(host), host, number }];
  });
}

/** `spring.data.redis.host`. */
export const nameOf = ({ sections, key }: Pick<FileSetting, 'sections' | 'key'>): string =>
  sections === '' ? key : `${sections}.${key}`;
