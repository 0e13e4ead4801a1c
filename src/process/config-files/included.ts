import type { ConfigFile } from './config-file.ts';

/** `/etc/nginx` and `conf.d/*.conf` → `/etc/nginx/conf.d/*.conf`, without `.` and `..`. */
export function resolvePath(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${path.startsWith('/') ? '' : `${directory}/`}${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export const isPattern = (path: string): boolean => /[*?[]/.test(path);

/** The files that a path or a shell pattern names, in the order of their paths. */
export function filesNamed(files: readonly ConfigFile[], path: string): readonly ConfigFile[] {
  if (!isPattern(path)) return files.filter((file) => file.path === path);
  const parts = path.split('/');
  const patterns = parts.map((part) => (isPattern(part) ? patternOf(part) : part));
  return files
    .filter((file) => {
      const names = file.path.split('/');
      return (
        names.length === parts.length &&
        patterns.every((one, index) =>
          typeof one === 'string' ? one === names[index] : one.test(names[index]!),
        )
      );
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * More files than any configuration includes, one within the other counted each time: files that name each other are
 * many ways to go.
 */
export const MOST_INCLUDES: number = 500;

/**
 * A pattern for one name, as glob(7) has it: a leading dot is never meant. Each piece between stars is found where it
 * first stands and not looked for again, so that a pattern of many stars takes no longer.
 */
function patternOf(glob: string): RegExp {
  const [first = '', ...rest] = glob.split(/\*+/).map(pieceOf);
  const last = rest.pop();
  const middle = rest.map((piece, index) => `(?=(.*?${piece}))\\${index + 1}`).join('');
  const dot = glob.startsWith('.') ? '' : '(?!\\.)';
  try {
    return new RegExp(`^${dot}${first}${middle}${last === undefined ? '' : `.*${last}`}$`, 'su');
  } catch {
    // A range such as `[z-a]` matches nothing.
    return /[^\s\S]/;
  }
}

const pieceOf = (glob: string): string =>
  glob.replace(/\[([!^]?)([^\]]+)\]|\?|[\\^$.|+(){}[\]]/g, (match, not?: string, set?: string) => {
    if (match === '?') return '.';
    if (set === undefined) return `\\${match}`;
    return `[${not ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
  });
