/** A document that can say what no object can: a key twice, and text that YAML gives a type. */
export type Tree =
  | { readonly pairs: [key: string, value: Tree][] }
  | { readonly items: Tree[] }
  | { raw: string };

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (typeof value === 'object' && value !== null) {
    return { pairs: Object.entries(value).map(([key, one]) => [key, treeOf(one)]) };
  }
  return { raw: typeof value === 'string' ? quoted(value) : String(value) };
}

/** Plain where that is text in YAML as well. */
export const quoted = (text: string): string =>
  /^[a-zA-Z/][\w./ -]*[\w/]$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);

export const cloneOf = (tree: Tree): Tree => structuredClone(tree);

/** In block style, with the lines on which each place stands. */
export function write(tree: Tree): {
  readonly text: string;
  readonly lines: ReadonlyMap<Tree, [from: number, to: number]>;
} {
  const out: string[] = [];
  const lines = new Map<Tree, [number, number]>();
  const put = (node: Tree, indent: string, lead: string): void => {
    const from = lead === '' ? out.length : out.length - 1;
    if ('raw' in node) {
      out.push(`${out.pop() ?? ''}${node.raw}`);
    } else if ('pairs' in node && node.pairs.length > 0) {
      node.pairs.forEach(([key, value], index) => {
        const head = `${quoted(key)}: `;
        if (index === 0 && lead === '- ') out.push(`${out.pop()}${head}`);
        else {
          if (index === 0 && out.length > 0) out.push((out.pop() ?? '').trimEnd());
          out.push(`${indent}${head}`);
        }
        put(value, `${indent}  `, 'key');
      });
    } else if ('items' in node && node.items.length > 0) {
      if (lead === '- ') out.push(`${out.pop()}`.trimEnd());
      else if (out.length > 0) out.push((out.pop() ?? '').trimEnd());
      for (const item of node.items) {
        out.push(`${indent}- `);
        put(item, `${indent}  `, '- ');
      }
    } else {
      out.push(`${out.pop() ?? ''}${'pairs' in node ? '{}' : '[]'}`);
    }
    lines.set(node, [Math.max(0, from), out.length - 1]);
  };
  put(tree, '', '');
  return { text: `${out.filter((line) => line !== '').join('\n')}\n`, lines };
}
