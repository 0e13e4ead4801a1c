/** How one object of a build came to be, as kustomize's own annotations say. Paths are relative to the root. */
export interface ObjectOrigin {
  /** Of the first character of the object, in the text without annotations. */
  readonly start: number;
  /** The file that holds it; undefined for what was generated. */
  readonly file?: string | undefined;
  /** The kustomization whose generator made it. */
  readonly generatedIn?: string | undefined;
  /** Kustomizations and files of transformers that changed it, in the order in which they did. */
  readonly changedIn: readonly string[];
}

export interface Stripped {
  readonly text: string;
  readonly objects: readonly ObjectOrigin[];
}

const ORIGIN = '    config.kubernetes.io/origin: ';
const TRANSFORMATIONS = '    alpha.config.kubernetes.io/transformations: ';

/**
 * Takes the annotations that say where objects come from out of what kustomize printed. It writes one shape: objects
 * apart by `---`, fields two spaces deeper each, these annotations as literal blocks.
 *
 * @param relate turns a path that it printed into one relative to the root; undefined for what no file of the user says
 */
export function stripOrigins(printed: string, relate: (path: string) => string | undefined): Stripped {
  const objects: ObjectOrigin[] = [];
  const related = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : relate(unquoted(path));
  let text = '';
  for (const [index, document] of printed.split(/^---\n/m).entries()) {
    if (index > 0) text += '---\n';
    const { kept, origin, transformations } = withoutOrigins(document);
    objects.push({
      start: text.length,
      // With a repository it lies in that one.
      file: field(origin, 'repo') === undefined ? related(field(origin, 'path')) : undefined,
      generatedIn: related(field(origin, 'configuredIn')),
      changedIn: transformations.flatMap(
        (line) => related(/^- (?:configuredIn|path): (.*)$/.exec(line)?.[1]) ?? [],
      ),
    });
    text += kept;
  }
  return { text, objects };
}

const unquoted = (text: string): string =>
  text.length > 1 && /^['"]/.test(text) && text.endsWith(text[0]!) ? text.slice(1, -1) : text;

const field = (lines: readonly string[], name: string): string | undefined =>
  lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);

function withoutOrigins(document: string) {
  const kept: string[] = [];
  const origin: string[] = [];
  const transformations: string[] = [];
  let isMetadata = false;
  let block: string[] | undefined;
  for (const line of document.split('\n')) {
    if (block && line.startsWith('      ')) {
      block.push(line.slice(6));
      continue;
    }
    block = undefined;
    if (/^\S/.test(line)) isMetadata = line === 'metadata:';
    if (isMetadata && line.startsWith(ORIGIN)) block = origin;
    else if (isMetadata && line.startsWith(TRANSFORMATIONS)) block = transformations;
    else {
      const last = kept.at(-1);
      // Nothing else was annotated.
      if (isMetadata && last === '  annotations:' && !line.startsWith('    ')) kept.pop();
      kept.push(line);
    }
  }
  return { kept: kept.join('\n'), origin, transformations };
}
