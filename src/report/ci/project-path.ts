/** Where the working directory lies in what a platform calls the project; paths of a report hang on it. */
export interface InProject {
  /** From the project's root, with `/` and without one at its ends; empty or left out for the root itself. */
  readonly folder?: string | undefined;
}

/** A path of the report as the platform counts it, from the project's root. Absolute ones, addresses and `-` stay. */
export function projectPath(path: string, { folder = '' }: InProject): string {
  if (folder === '' || path === '-' || path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return path;
  const parts = folder.split('/');
  const rest = path.split('/');
  while (rest[0] === '..' && parts.length > 0) {
    parts.pop();
    rest.shift();
  }
  return [...parts, ...rest].join('/');
}
