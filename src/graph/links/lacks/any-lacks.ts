import { describe } from '../../../model/describe.ts';
import type { Resource, Unsettler } from '../../../model/model.ts';
import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { lack, type Named, type Wordings } from './lack.ts';

/** What could not be found: an object, or whatever has a port that is asked for. */
export type MissingThing = Named | 'port';

/** What links of any kind can lack. */
export interface AnyLacks {
  readonly 'filled-in': Nothing;
  readonly unsettled: Named & { readonly by: Unsettler };
  readonly 'in-template': {
    readonly besides: string;
    readonly thing: MissingThing;
    readonly template: string;
  };
  readonly 'in-broken-document': { readonly path: string; readonly thing: MissingThing };
  readonly 'too-many': { readonly of: keyof typeof TOO_MANY };
  readonly 'defined-twice': { readonly twice: Named; readonly bundle: string };
  readonly 'in-other-folder': { readonly one: Named; readonly other: Named };
  readonly 'beside-another': Nothing;
  readonly refused: { readonly refused: Resource };
}

export const ANY_LACKS: Wordings<AnyLacks> = {
  'filled-in': lack(
    'built',
    () => 'the value is filled in before the manifest is applied; the rendered manifest would prove it',
  ),
  unsettled: lack('built', ({ kind, name, by }) => `${kind} ${name}: ${wordUnsettler(by)}`),
  'in-template': lack(
    'built',
    ({ besides, thing }) =>
      `a template beside the ${besides} may define ${wordThing(thing)}; the rendered manifests would prove it`,
  ),
  'in-broken-document': lack(
    'file',
    ({ path, thing }) =>
      `a document of ${path} that does not parse may define ${wordThing(thing)}; it would prove it once it does`,
  ),
  'too-many': lack('file', ({ of }) => `${TOO_MANY[of]}; fewer files at once would prove it`),
  'defined-twice': lack(
    'object',
    ({ twice, bundle }) =>
      `${twice.kind} ${twice.name} is defined twice in one ${bundle}; the definition that is applied last decides`,
  ),
  'in-other-folder': lack(
    'object',
    ({ one, other }) =>
      `${one.kind} ${one.name} and ${other.kind} ${other.name} lie in different folders, and nothing tells that they are applied together`,
  ),
  'beside-another': lack(
    'object',
    () =>
      'the Service selects a workload of its own folder; whether this one is applied with it is not known',
  ),
  refused: lack(
    'object',
    ({ refused }) => `the API server refuses ${describe(refused)}, so it is not there until that is mended`,
  ),
};

function wordUnsettler(by: Unsettler): string {
  switch (by.is) {
    case 'kustomization':
      return `${by.path} changes it before it is applied; \`kubectl kustomize ${by.folder || '.'} | portolan check -\` would prove it`;
    case 'controller':
      return `${by.name} changes it as ${by.path} says; what ${by.name} builds would prove it`;
    case 'whole-object':
      return 'it is applied on top of an object that somebody else makes; the object of the cluster would prove it';
  }
}

const wordThing = (thing: MissingThing): string =>
  thing === 'port' ? 'what has the port' : `${thing.kind} ${thing.name}`;

/** What there is more of than a run looks at. */
const TOO_MANY = {
  actions: 'the input has more actions than are followed',
  listeners: 'there are more listeners than are followed',
  pods: 'there are more Pods than are followed',
  ports: 'the Service has more ports than are compared',
  selected: 'it selects more than is followed',
  servers: 'there are more servers and hosts than are compared',
  services: 'the input lacks more Services than are looked for',
};
