/** What a client asks for when a rule of Traefik takes its request, as far as the rule says it plainly. */
export interface MatchedRequest {
  /** `*` for any; undefined where an expression decides. */
  readonly host: string | undefined;
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix' | 'RegularExpression';
}

/**
 * Reads a rule such as ``Host(`a.example.com`) && (PathPrefix(`/x`) || Path(`/y`))``, in the syntax of Traefik 2 and
 * 3: one request for each alternative. Matchers of other things (headers, methods) and whatever is negated narrow a
 * rule in ways that no host and path can show, and are passed over.
 *
 * @returns undefined for what is no rule, and for one with too many alternatives to list
 */
export function parseMatch(text: string): readonly MatchedRequest[] | undefined {
  const tokens = tokensOf(text);
  if (!tokens || tokens.length === 0) return undefined;
  const parsed = parseOr({ tokens, next: 0, depth: 0 });
  if (!parsed || parsed.next !== tokens.length) return undefined;
  return parsed.alternatives.map(({ host, path }) => ({
    host: host === undefined ? '*' : host.isPattern ? undefined : host.value,
    path: path?.value ?? '/',
    pathType: path?.type ?? 'Prefix',
  }));
}

interface Alternative {
  readonly host?: { readonly value: string; readonly isPattern: boolean };
  readonly path?: { readonly value: string; readonly type: MatchedRequest['pathType'] };
}

interface State {
  readonly tokens: readonly string[];
  readonly next: number;
  readonly depth: number;
}

type Parsed = State & { readonly alternatives: readonly Alternative[] };

/** More than a person writes; the product of several `||` grows fast. */
const MOST_ALTERNATIVES = 200;
const DEEPEST = 50;

const TOKEN = /\s*(&&|\|\||[!(),]|`[^`]*`|"(?:[^"\\]|\\.)*"|[A-Za-z]\w*)\s*/y;

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

const parseOr = (state: State): Parsed | undefined =>
  parseJoined(state, '||', parseAnd, (left, right) => [...left, ...right]);

const parseAnd = (state: State): Parsed | undefined => parseJoined(state, '&&', parseUnary, both);

function parseJoined(
  state: State,
  operator: string,
  parse: (state: State) => Parsed | undefined,
  join: (left: readonly Alternative[], right: readonly Alternative[]) => readonly Alternative[],
): Parsed | undefined {
  let left = parse(state);
  while (left && left.tokens[left.next] === operator) {
    const right = parse({ ...state, next: left.next + 1 });
    if (!right) return undefined;
    const alternatives = join(left.alternatives, right.alternatives);
    if (alternatives.length > MOST_ALTERNATIVES) return undefined;
    left = { ...right, alternatives };
  }
  return left;
}

function parseUnary(state: State): Parsed | undefined {
  const token = state.tokens[state.next];
  const inner: State = { ...state, next: state.next + 1, depth: state.depth + 1 };
  if (token === undefined || inner.depth > DEEPEST) return undefined;
  if (token === '!') {
    const negated = parseUnary(inner);
    return negated && { ...negated, depth: state.depth, alternatives: [{}] };
  }
  if (token === '(') {
    const grouped = parseOr(inner);
    if (grouped?.tokens[grouped.next] !== ')') return undefined;
    return { ...grouped, next: grouped.next + 1, depth: state.depth };
  }
  return parseMatcher(state, token);
}

function parseMatcher(state: State, name: string): Parsed | undefined {
  const { tokens } = state;
  if (!/^[A-Za-z]/.test(name) || tokens[state.next + 1] !== '(') return undefined;
  const values: string[] = [];
  let next = state.next + 2;
  while (tokens[next] !== ')') {
    const value = tokens[next];
    if (value === undefined || !/^[`"]/.test(value)) return undefined;
    values.push(value.slice(1, -1));
    next += tokens[next + 1] === ',' ? 2 : 1;
  }
  return { ...state, next: next + 1, alternatives: meaningOf(name, values) };
}

/** Names of matchers are known in several spellings: `Host`, `host`, `HOST`. */
function meaningOf(name: string, values: readonly string[]): readonly Alternative[] {
  switch (name.toLowerCase()) {
    case 'host':
    case 'hostheader':
    case 'hostsni':
      return values.map((value) => (value === '*' ? {} : { host: { value, isPattern: false } }));
    case 'hostregexp':
    case 'hostsniregexp':
      return values.map((value) => ({ host: { value, isPattern: true } }));
    case 'path':
      return values.map((value) => ({ path: { value, type: value.includes('{') ? PATTERN : 'Exact' } }));
    case 'pathprefix':
      return values.map((value) => ({ path: { value, type: value.includes('{') ? PATTERN : 'Prefix' } }));
    case 'pathregexp':
      return values.map((value) => ({ path: { value, type: PATTERN } }));
    default:
      return [{}];
  }
}

const PATTERN = 'RegularExpression';

/** What takes both: nothing where two hosts or two paths exclude each other. */
function both(left: readonly Alternative[], right: readonly Alternative[]): readonly Alternative[] {
  return left.flatMap((a) =>
    right.flatMap((b) => {
      const host = a.host && b.host ? commonHost(a.host, b.host) : (a.host ?? b.host);
      const path = a.path && b.path ? commonPath(a.path, b.path) : (a.path ?? b.path);
      if ((a.host && !host) || (a.path && !path)) return [];
      return [{ ...(host && { host }), ...(path && { path }) }];
    }),
  );
}

type Host = NonNullable<Alternative['host']>;
type Path = NonNullable<Alternative['path']>;

function commonHost(a: Host, b: Host): Host | undefined {
  if (a.isPattern) return b;
  return b.isPattern || a.value === b.value ? a : undefined;
}

function commonPath(a: Path, b: Path): Path | undefined {
  if (a.type === PATTERN) return b;
  if (b.type === PATTERN) return a;
  const [short, long] = a.value.length <= b.value.length ? [a, b] : [b, a];
  if (!long.value.startsWith(short.value)) return undefined;
  if (long.value.length > short.value.length) return short.type === 'Prefix' ? long : undefined;
  return a.type === 'Exact' ? a : b;
}
