import { readFileSync } from 'node:fs';
import { load, loadAll } from 'js-yaml';
import { cloneOf, quoted, type Tree, treeOf, write } from './tree.ts';

/** One object, changed in one place. */
export interface Variation {
  readonly id: string;
  readonly base: string;
  readonly change: string;
  readonly text: string;
  /** Lines, from 1, that the change touched; of what was taken out, those of what held it. */
  readonly from: number;
  readonly to: number;
}

export const bases: readonly Record<string, unknown>[] = loadAll(
  readFileSync(new URL('bases.yaml', import.meta.url), 'utf8'),
) as Record<string, unknown>[];

/** What is put where: values by key, for places whose path behind the kind fits. */
const parts: readonly (readonly [into: RegExp, key: string, values: readonly unknown[]])[] = [
  'parts.yaml',
  'pod-parts.yaml',
  'other-parts.yaml',
].flatMap((file) =>
  (
    load(readFileSync(new URL(file, import.meta.url), 'utf8')) as {
      into: string;
      put: Record<string, unknown[]>;
    }[]
  ).flatMap(({ into, put }) =>
    Object.entries(put).map(([key, values]) => [new RegExp(into), key, values] as const),
  ),
);

/** Mulberry32: the same numbers for the same seed, everywhere. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function variationsOf(seed: number, perBase: number): Variation[] {
  const random = randomOf(seed);
  return bases.flatMap((base) => {
    const name = (base.metadata as { name: string }).name;
    return Array.from({ length: perBase }, (_, index) => vary(base, name, `${name}-${index}`, random));
  });
}

interface Place {
  readonly tree: Tree;
  readonly parent: Tree | undefined;
  /** Of the pair or item in the parent. */
  readonly index: number;
  readonly key: string;
  readonly path: string;
}

function placesIn(tree: Tree): Place[] {
  const places: Place[] = [];
  const visit = (node: Tree, parent: Tree | undefined, index: number, key: string, path: string): void => {
    places.push({ tree: node, parent, index, key, path });
    if ('pairs' in node)
      node.pairs.forEach(([k, v], i) => void visit(v, node, i, k, path === '' ? k : `${path}.${k}`));
    if ('items' in node) node.items.forEach((v, i) => void visit(v, node, i, '', `${path}[${i}]`));
  };
  visit(tree, undefined, 0, '', '');
  return places;
}

type Pick = <T>(list: readonly T[]) => T;
/** What a change says of itself, and where it is: the tree that was touched. */
type Change = (
  places: readonly Place[],
  pick: Pick,
  root: Tree,
) => readonly [what: string, where: Tree] | undefined;

const isScalar = ({ tree }: Place): boolean => 'raw' in tree;
const textOf = (tree: Tree): string => ('raw' in tree ? tree.raw.replace(/^"(.*)"$/, '$1') : '');
const isNumber = ({ tree }: Place): boolean => 'raw' in tree && /^-?\d+$/.test(tree.raw);

function replace({ parent, index }: Place, value: Tree): Tree {
  if (parent && 'pairs' in parent) parent.pairs[index]![1] = value;
  else if (parent && 'items' in parent) parent.items[index] = value;
  return value;
}

const NAMES =
  `UPPER under_score a.b -lead trail- a--b 8080 ünicode ${'x'.repeat(16)} ${'y'.repeat(64)} ${'z'.repeat(254)}`
    .split(' ')
    .concat('', ' ', 'two words', 'a/b', 'a/b/c', 'a:b', '*', '13378:80');
const NUMBERS = '-1 0 1 2 65535 65536 70000 29999 99999 2147483647 2147483648 4294967296 86401 1000001'.split(
  ' ',
);
const TRAPS =
  'yes no on off y ~ null 0o17 0777 1e3 0x1F 1_000 .5 1.0 1.5 12:30:45 2001-01-01 true .inf 08 +1'.split(' ');
const WORDS =
  'foo extra environment serviceName port ports labels matchLabels image tls host replicas selector hostPort containerPort restart networks'.split(
    ' ',
  );

const scalarOf = (raw: string): Tree => ({ raw });

const CHANGES: readonly (readonly [weight: number, name: string, change: Change])[] = [
  [
    16,
    'type',
    (places, pick) => {
      const place = pick(places.filter(({ parent }) => parent));
      const other: Tree[] = [
        scalarOf('5'),
        scalarOf('true'),
        scalarOf('"text"'),
        { items: [cloneOf(place.tree)] },
        { items: [] },
        { pairs: [['a', scalarOf('b')]] },
        { pairs: [] },
        scalarOf(`"${textOf(place.tree)}"`),
      ];
      if ('items' in place.tree && place.tree.items[0])
        other.push(cloneOf(place.tree.items[0]), cloneOf(place.tree.items[0]));
      if ('pairs' in place.tree && place.tree.pairs[0])
        other.push(cloneOf(place.tree.pairs[0][1]), cloneOf(place.tree.pairs[0][1]));
      return [`type of ${place.path}`, replace(place, pick(other))];
    },
  ],
  [
    8,
    'unknown',
    (places, pick) => {
      const place = pick(places.filter(({ tree }) => 'pairs' in tree));
      const value = scalarOf(pick(['x', '8', 'true']));
      const key = pick(WORDS);
      if (!('pairs' in place.tree) || place.tree.pairs.some(([one]) => one === key)) return undefined;
      place.tree.pairs.splice(pick([0, place.tree.pairs.length]), 0, [key, value]);
      return [`${key} added to ${place.path}`, value];
    },
  ],
  [
    16,
    'misspelt',
    (places, pick) => {
      const place = pick(places.filter(({ parent }) => parent && 'pairs' in parent));
      const { key, parent, index } = place;
      const at = pick([...key].map((_, i) => i));
      const name = pick([
        key.toLowerCase(),
        key[0]!.toUpperCase() + key.slice(1),
        key.slice(0, at) + key.slice(at + 1),
        `${key}s`,
        key.replace(/s$/, ''),
        key.slice(0, at) + (key[at + 1] ?? '') + key[at] + key.slice(at + 2),
        key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      ]);
      if (name === key || name === '' || !parent || !('pairs' in parent)) return undefined;
      parent.pairs[index]![0] = name;
      return [`${place.path} as ${name}`, place.tree];
    },
  ],
  [
    14,
    'missing',
    (places, pick) => {
      const place = pick(places.filter(({ parent }) => parent));
      const { parent, index, path } = place;
      if (parent && 'pairs' in parent) parent.pairs.splice(index, 1);
      if (parent && 'items' in parent) parent.items.splice(index, 1);
      return [`${path} left out`, parent!];
    },
  ],
  [
    10,
    'range',
    (places, pick) => {
      const numbers = places.filter(isNumber);
      if (numbers.length === 0) return undefined;
      const place = pick(numbers);
      return [`${place.path} in another range`, replace(place, scalarOf(pick(NUMBERS)))];
    },
  ],
  [
    14,
    'name',
    (places, pick) => {
      const place = pick(
        places.filter((one) => isScalar(one) && !isNumber(one) && !/^(apiVersion|kind)$/.test(one.path)),
      );
      return [`${place.path} by another name`, replace(place, scalarOf(quoted(pick(NAMES))))];
    },
  ],
  [
    6,
    'key name',
    (places, pick) => {
      const place = pick(
        places.filter(({ path }) =>
          /(^|\.)(labels|matchLabels|data|selector|nodeSelector)\.[^.]+$|annotations\./.test(path),
        ),
      );
      if (!place?.parent || !('pairs' in place.parent)) return undefined;
      place.parent.pairs[place.index]![0] = pick(NAMES);
      return [`key of ${place.path}`, place.tree];
    },
  ],
  [
    8,
    'case',
    (places, pick) => {
      const words = places.filter(
        (one) => isScalar(one) && /^[A-Za-z]+$/.test(textOf(one.tree)) && one.path !== 'metadata.name',
      );
      const place = pick(words);
      const text = textOf(place.tree);
      const said = pick([text.toLowerCase(), text.toUpperCase(), `${text}s`, text.slice(1), 'Other']);
      return [`${place.path} as ${said}`, replace(place, scalarOf(quoted(said)))];
    },
  ],
  [
    6,
    'key twice',
    (places, pick) => {
      const place = pick(places.filter(({ parent, tree }) => parent && 'pairs' in parent && 'raw' in tree));
      if (!place.parent || !('pairs' in place.parent)) return undefined;
      place.parent.pairs.push([place.key, scalarOf(pick(['other', '9', textOf(place.tree) || 'x']))]);
      return [`${place.path} twice`, place.parent];
    },
  ],
  [
    6,
    'item twice',
    (places, pick) => {
      const lists = places.filter(({ tree }) => 'items' in tree && tree.items.length > 0);
      if (lists.length === 0) return undefined;
      const { tree, path } = pick(lists);
      if (!('items' in tree)) return undefined;
      tree.items.push(cloneOf(pick(tree.items)));
      return [`item of ${path} twice`, tree];
    },
  ],
  [
    12,
    'trap',
    (places, pick) => {
      const place = pick(places.filter((one) => isScalar(one) && !/^(apiVersion|kind)$/.test(one.path)));
      return [`${place.path} of another type`, replace(place, scalarOf(pick(TRAPS)))];
    },
  ],
  [
    6,
    'moved',
    (places, pick) => {
      const place = pick(
        places.filter(({ parent, path }) => parent && 'pairs' in parent && path.includes('.')),
      );
      const { parent, index, key, tree } = place;
      const homes = places.filter(
        (one) => 'pairs' in one.tree && one.tree !== parent && !one.path.startsWith(place.path),
      );
      const home = pick(homes);
      if (
        !parent ||
        !('pairs' in parent) ||
        !('pairs' in home.tree) ||
        home.tree.pairs.some(([one]) => one === key)
      )
        return undefined;
      parent.pairs.splice(index, 1);
      home.tree.pairs.push([key, tree]);
      return [`${place.path} moved to ${home.path}`, tree];
    },
  ],
  [
    60,
    'part',
    (places, pick, root) => {
      const kind = 'pairs' in root ? textOf(root.pairs.find(([key]) => key === 'kind')![1]) : '';
      const place = pick(places.filter(({ tree }) => 'pairs' in tree));
      const fitting = parts.filter(([into]) => into.test(`${kind}:${place.path}`));
      if (fitting.length === 0 || !('pairs' in place.tree)) return undefined;
      const [, key, values] = pick(fitting);
      const value = treeOf(pick(values));
      const at = place.tree.pairs.findIndex(([one]) => one === key);
      if (at < 0) place.tree.pairs.push([key, value]);
      else place.tree.pairs[at]![1] = value;
      return [`${key} put into ${place.path}`, value];
    },
  ],
  [
    3,
    'kind',
    (places, pick) => {
      const place = pick(places.filter(({ path }) => path === 'apiVersion' || path === 'kind'));
      const text = textOf(place.tree);
      const at = pick([...text].map((_, i) => i));
      const said = pick([
        text.toLowerCase(),
        text.slice(0, at) + text.slice(at + 1),
        `${text}s`,
        text.replace(/^.*\//, ''),
        text.replace(/v1.*$/, 'v2'),
        place.key === 'apiVersion' ? 'apps/v1' : 'Deployment',
        '',
      ]);
      if (said === text) return undefined;
      return [`${place.path} as ${said}`, replace(place, scalarOf(quoted(said)))];
    },
  ],
];
const TOTAL = CHANGES.reduce((sum, [weight]) => sum + weight, 0);

function drawn(roll: number): (typeof CHANGES)[number] {
  let rest = roll;
  for (const change of CHANGES) {
    rest -= change[0];
    if (rest < 0) return change;
  }
  return CHANGES[0]!;
}

function vary(base: Record<string, unknown>, name: string, id: string, random: () => number): Variation {
  const pick: Pick = (list) => list[Math.floor(random() * list.length)]!;
  for (;;) {
    const root = treeOf(base);
    const [, what, change] = drawn(random() * TOTAL);
    const places = placesIn(root);
    const changed = change(places, pick, root);
    if (!changed) continue;
    const [told, where] = changed;
    const { text, lines } = write(root);
    const [from, to] = lines.get(where) ?? [0, 0];
    return { id, base: name, change: `${what}: ${told}`, text, from: from + 1, to: to + 1 };
  }
}
