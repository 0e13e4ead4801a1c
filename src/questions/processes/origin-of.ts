/** Where a variable is set, after its name and value in a message: nothing for `env`, else `` from ConfigMap `a/b` ``. */
export const originOf = (from: string): string =>
  from === 'env' ? '' : ` from ${from.replace(/^(\w+) (\S+)$/, '$1 `$2`')}`;
