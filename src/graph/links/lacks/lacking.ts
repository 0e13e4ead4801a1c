import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { type Ground, wordGround } from '../../../process/listeners/grounds/ground.ts';
import type { MissingKind } from '../../../process/listeners/missing-proof.ts';
import { type Settled, wordProof } from '../proofs/proving.ts';
import { ANY_LACKS, type AnyLacks } from './any-lacks.ts';
import { CALLER_LACKS, type CallerLacks } from './caller-lacks.ts';
import { GATEWAY_LACKS, type GatewayLacks } from './gateway-lacks.ts';
import { INGRESS_LACKS, type IngressLacks } from './ingress-lacks.ts';
import { ISTIO_LACKS, type IstioLacks } from './istio-lacks.ts';
import { type Lack, lack, type WantedObject, type Wordings } from './lack.ts';
import { POD_LACKS, type PodLacks } from './pod-lacks.ts';
import { ROUTE_LACKS, type RouteLacks } from './route-lacks.ts';
import { SERVICE_LACKS, type ServiceLacks } from './service-lacks.ts';

/** A state and why it is so, as data: what proves it, or what its proof lacks. */
export type Verdict = Settled | Unproved;

/** What is told of another verdict. */
interface LacksOfVerdicts {
  /** What was seen denies what the manifests say. */
  readonly 'seen-otherwise': { readonly declared: Verdict; readonly seen: Ground };
  /** The Service that clients of a mesh would ask for. */
  readonly 'mesh-host': { readonly object: WantedObject; readonly found: Verdict };
}

/** The values of each thing that the proof of a link can lack. */
type Lacks = AnyLacks &
  ServiceLacks &
  PodLacks &
  CallerLacks &
  IngressLacks &
  GatewayLacks &
  IstioLacks &
  RouteLacks &
  LacksOfVerdicts;

const WORDINGS: Wordings<Lacks> = {
  ...ANY_LACKS,
  ...SERVICE_LACKS,
  ...POD_LACKS,
  ...CALLER_LACKS,
  ...INGRESS_LACKS,
  ...GATEWAY_LACKS,
  ...ISTIO_LACKS,
  ...ROUTE_LACKS,
  'seen-otherwise': lack(
    'observation',
    ({ declared, seen }) => `${wordVerdict(declared)}, but ${wordGround(seen)}`,
  ),
  'mesh-host': lack(
    'object',
    ({ found }) => `clients of the mesh ask for hosts that it knows, and ${wordVerdict(found)}`,
  ),
};

/** What the proof of a link lacks, as data: the sentence is made when it is read. */
export type Lacking = {
  readonly [W in keyof Lacks]: { readonly what: W; readonly values: Lacks[W] };
}[keyof Lacks];

/** What links that the input cannot prove have in common. */
export interface Unproved {
  readonly state: 'unproved';
  readonly lacks: Lacking;
  readonly proof: undefined;
}

/** The one way to an unproved link: with what its proof lacks. */
export const unproved = <W extends keyof Lacks>(what: W, ...values: ArgumentsOf<W>): Unproved => ({
  state: 'unproved',
  lacks: lacking(what, ...values),
  proof: undefined,
});

export const lacking = <W extends keyof Lacks>(what: W, ...[values]: ArgumentsOf<W>): Lacking =>
  values === undefined ? BARE[what]! : ({ what, values } as Lacking);

/** What says all by its name has no values. */
type ArgumentsOf<W extends keyof Lacks> = Nothing extends Lacks[W] ? [] : [values: Lacks[W]];

/** What has no values is the same for all links that lack it. */
const BARE: Readonly<Record<string, Lacking>> = Object.fromEntries(
  Object.keys(WORDINGS).map((what) => [what, { what, values: {} } as Lacking]),
);

export const kindOfLack = ({ what }: Lacking): MissingKind => WORDINGS[what].kind;

export const wordLack = ({ what, values }: Lacking): string => (WORDINGS[what] as Lack<unknown>).says(values);

/** Why a state is what it is, in one sentence without a full stop. */
export const wordVerdict = (verdict: Verdict): string =>
  verdict.state === 'unproved' ? wordLack(verdict.lacks) : wordProof(verdict.proof);
