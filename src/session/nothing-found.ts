import { basename } from 'node:path';
import type { CheckResult } from '../engine/check.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import type { Location } from '../text/source.ts';

type Read = Pick<CheckResult, 'sources' | 'foreign'> & { readonly templates: readonly Location[] };

/**
 * One error for each path that was named and brought no resource, with the likely reason; nothing for one that has an
 * error already.
 *
 * @param named paths as they are shown; `-` for standard input
 */
export function nothingFound(
  named: readonly string[],
  { sources, foreign, templates }: Read,
  errors: readonly InputError[],
): InputError[] {
  return [...new Set(named)].flatMap((path) => {
    const isWithin = (file: string): boolean => path === '.' || file === path || file.startsWith(`${path}/`);
    const own = sources.filter(
      ({ source }) => isWithin(source.path) || (source.bundle !== undefined && isWithin(source.bundle.path)),
    );
    if (own.some(({ resources }) => resources > 0) || errors.some((error) => isWithin(error.path))) return [];
    const files = own.map(({ source }) => source.path);
    const reason = reasonFor(path, {
      files,
      isText: own.some(({ source }) => source.text?.trim()),
      foreign: foreign.filter((one) => isWithin(one.path)).map((one) => one.path),
      templates: templates.filter(({ source }) => isWithin(source.path)).length,
    });
    return inputError(path, `no Kubernetes object is in it: ${reason}`);
  });
}

interface Held {
  readonly files: readonly string[];
  readonly isText: boolean;
  readonly foreign: readonly string[];
  readonly templates: number;
}

const CHART = /^Chart\.ya?ml$/;
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
const COMPOSE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

/** What it is instead, and what to do; by the names that tools look for. */
function reasonFor(path: string, { files, isText, foreign, templates }: Held): string {
  if (path === '-' && !isText)
    return 'standard input is empty, so the command before the pipe printed nothing; run that alone to see why';
  // Of templates a finding says how to render them.
  if (templates > 0)
    return `${templates === 1 ? 'a template is' : `${templates} templates are`} not rendered`;
  const [known] = files.flatMap((file) => reasonByName(file) ?? []);
  if (known !== undefined) return known;
  if (files.length === 0) return 'it holds no .yaml, .yml or .json file';
  if (!isText) return files.length === 1 ? 'it is empty' : `its ${files.length} files are empty`;
  return foreign.length > 0
    ? `its documents have no \`kind\`, such as ${foreign[0]}`
    : 'its documents hold comments alone, or parts of objects that a kustomization applies';
}

/** What a file is by the name that its tool looks for, and the command that makes manifests of it. */
export function reasonByName(file: string): string | undefined {
  const name = basename(file);
  const folder = file.split('/').slice(0, -1).join('/') || '.';
  if (CHART.test(name)) return `it is a chart; render it: \`helm template ${folder} | portolan check -\``;
  if (KUSTOMIZATION.test(name))
    return `it is a kustomization; build it: \`kubectl kustomize ${folder} | portolan check -\``;
  return COMPOSE.test(name)
    ? `it is a compose file, which \`portolan check ${file}\` reads as manifests`
    : undefined;
}
