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

/** Lines of `KEY=VALUE`; quotes and comments as compose has them. */
export function readEnvFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', raw = ''] = match;
    const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'/.exec(raw);
    values.set(name, quoted ? (quoted[1] ?? quoted[2] ?? '') : raw.replace(/\s+#.*$/, '').trimEnd());
  }
  return values;
}
