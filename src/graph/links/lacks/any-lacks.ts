import { describe } from '../../../model/describe.ts';
import type { Resource } from '../../../model/model.ts';
import { type Ground, wordGround } from '../../../process/listeners/ground.ts';
import { lack, type Named, type Nothing, type Wordings } from './lack.ts';

/** What links of any kind can lack. */
export interface AnyLacks {
  readonly 'filled-in': Nothing;
  readonly unsettled: Named & { readonly reason: string | undefined };
  readonly 'in-template': { readonly besides: string; readonly thing: string; readonly template: string };
  readonly 'in-broken-document': { readonly path: string; readonly thing: string };
  readonly 'too-many': { readonly of: keyof typeof TOO_MANY };
  readonly 'defined-twice': { readonly twice: Named; readonly bundle: string };
  readonly 'in-other-folder': { readonly one: Named; readonly other: Named };
  readonly 'beside-another': Nothing;
  readonly refused: { readonly refused: Resource };
  readonly 'seen-otherwise': { readonly declared: string; readonly seen: Ground };
}

export const ANY_LACKS: Wordings<AnyLacks> = {
  'filled-in': lack(
    'built',
    () => 'the value is filled in before the manifest is applied; the rendered manifest would prove it',
  ),
  unsettled: lack('built', ({ kind, name, reason }) => `${kind} ${name}: ${reason}`),
  'in-template': lack(
    'built',
    ({ besides, thing }) =>
      `a template beside the ${besides} may define ${thing}; the rendered manifests would prove it`,
  ),
  'in-broken-document': lack(
    'file',
    ({ path, thing }) =>
      `a document of ${path} that does not parse may define ${thing}; it would prove it once it does`,
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
  'seen-otherwise': lack('observation', ({ declared, seen }) => `${declared}, but ${wordGround(seen)}`),
};

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
