import { basename } from 'node:path';
import type { Planned } from '../sources/planned.ts';

/** What a path that brought no resource holds. */
export interface Held {
  readonly files: readonly string[];
  /** What is in them, one after the other. */
  readonly texts: readonly string[];
  readonly foreign: readonly string[];
  readonly templates: number;
  /** What could have been built of it, and was not. */
  readonly unbuilt: readonly Planned[];
  /** Files that say what passes by, and that something did. */
  readonly passedBy: readonly string[];
}

const CHART = /^Chart\.ya?ml$/;
const VALUES = /^values(?:[.-][\w.-]+)?\.ya?ml$/;
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
const COMPOSE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

/** What a path is instead of manifests, and what to do; by the names that tools look for, and by how they write. */
export function likelyReason(path: string, held: Held): string {
  const { files, templates, foreign } = held;
  const texts = held.texts.filter((text) => text.trim() !== '');
  if (path === '-' && texts.length === 0)
    return 'standard input is empty, so the command before the pipe printed nothing; run that alone to see why';
  const known = ofUnbuilt(held.unbuilt);
  if (known !== undefined) return known;
  // Of templates a finding says how to render them.
  if (templates > 0)
    return `${templates === 1 ? 'a template is' : `${templates} templates are`} not rendered`;
  const [named] = files.flatMap((file) => reasonByName(file) ?? []);
  if (named !== undefined) return named;
  if (files.length === 0) {
    return held.passedBy.length === 0
      ? 'it holds no .yaml, .yml or .json file'
      : `what it holds passes by as ${held.passedBy[0]} says; name a file to have it read all the same`;
  }
  if (texts.length === 0) return files.length === 1 ? 'it is empty' : `its ${files.length} files are empty`;
  if (foreign.length > 0) return `its documents have no \`kind\`, such as ${foreign[0]}`;
  if (texts.every(isNothing))
    return texts.some((text) => COMMENT.test(text)) ? 'it holds comments alone' : 'its documents are empty';
  return texts.some((text) => EMPTY_LIST.test(text))
    ? 'its List has no items: nothing of the kinds that were asked for is in that namespace; `-n NAME` asks another, `-A` all'
    : 'it holds parts of objects that a kustomization applies';
}

const EMPTY_LIST = /["']?items["']?[ \t]{0,8}:[ \t\n]{0,8}\[\s{0,80}\]/;

const COMMENT = /(?:^|[ \t])#/m;

/** What a line may hold, for its document to hold nothing. */
const NOTHING = /^(?:#.*|%.*|\.{3}|(?:---)?(?:[ \t]*(?:!!null|null|~))?(?:[ \t]*#.*)?)$/;

const isNothing = (text: string): boolean => text.split('\n').every((line) => NOTHING.test(line.trim()));

const NOUNS = { helm: 'chart', kustomize: 'kustomization' } as const;

function ofUnbuilt(roots: readonly Planned[]): string | undefined {
  const compose = roots.find(({ kind }) => kind === 'compose');
  const root = roots.find(({ kind, reason }) => kind in NOUNS && reason !== undefined);
  if (!root) return compose && reasonByName(compose.path);
  const noun = NOUNS[root.kind as keyof typeof NOUNS];
  const all = roots.filter(({ kind }) => kind === root.kind).length;
  const which = all === 1 ? `its ${noun} is` : `its ${all} ${noun}s are`;
  return `${which} not built: ${root.reason}${root.help === undefined ? '' : `; ${root.help}`}`;
}

/** What a file is by the name that its tool looks for, and the command that makes manifests of it. */
export function reasonByName(file: string): string | undefined {
  const name = basename(file);
  const folder = file.split('/').slice(0, -1).join('/') || '.';
  if (CHART.test(name)) return `it is a chart; render it: \`helm template ${folder} | portolan check -\``;
  if (VALUES.test(name))
    return `it looks like the values of a chart; render that with them: \`helm template CHART -f ${file} | portolan check -\``;
  if (KUSTOMIZATION.test(name))
    return `it is a kustomization; build it: \`kubectl kustomize ${folder} | portolan check -\``;
  return COMPOSE.test(name)
    ? `it is a compose file, which \`portolan check ${file}\` reads as manifests`
    : undefined;
}

/** What a text that is no manifest is by how it begins. */
export function reasonByText(text: string): string | undefined {
  if (/^(?:Error\b|error:|No resources found|Unable to connect|The connection to the server)/.test(text))
    return 'it is what a command says of its failure; run the command before the pipe alone to see why';
  if (/^(?:NAMESPACE[ \t]+)?NAME(?:[ \t]+[A-Z]|\n)/.test(text))
    return 'it is a table of `kubectl get`; add `-o yaml` to that';
  if (/^FROM[ \t]+[\w$"]/m.test(text) && /^(?:#|FROM|ARG|$)/.test(text))
    return 'it looks like a Dockerfile; `--dockerfile IMAGE=PATH` tells beside manifests what an image does';
  return /^["']?services["']?[ \t]*:/m.test(text)
    ? 'it looks like a compose file; `portolan check compose.yaml` reads one by that name as manifests'
    : undefined;
}
