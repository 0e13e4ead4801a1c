import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import { ANY_PROOFS, type AnyProofs } from './any-proofs.ts';
import { BACKEND_PROOFS, type BackendProofs } from './backend-proofs.ts';
import { CALLER_PROOFS, type CallerProofs } from './caller-proofs.ts';
import { GATEWAY_PROOFS, type GatewayProofs } from './gateway-proofs.ts';
import { INGRESS_PROOFS, type IngressProofs } from './ingress-proofs.ts';
import { ISTIO_PROOFS, type IstioProofs } from './istio-proofs.ts';
import { NODE_PROOFS, type NodeProofs } from './node-proofs.ts';
import { POD_PROOFS, type PodProofs } from './pod-proofs.ts';
import { ROUTE_PROOFS, type RouteProofs } from './route-proofs.ts';
import { SERVICE_PROOFS, type ServiceProofs } from './service-proofs.ts';

/** What is told of another proof. */
interface ProofsOfProofs {
  readonly 'subset-too': { readonly proof: Proof; readonly rule: string };
}

/** The values of each thing that can prove a link. */
type Proofs = AnyProofs &
  ServiceProofs &
  PodProofs &
  NodeProofs &
  CallerProofs &
  BackendProofs &
  IngressProofs &
  GatewayProofs &
  IstioProofs &
  RouteProofs &
  ProofsOfProofs;

const WORDINGS: Wordings<Proofs> = {
  ...ANY_PROOFS,
  ...SERVICE_PROOFS,
  ...POD_PROOFS,
  ...NODE_PROOFS,
  ...CALLER_PROOFS,
  ...BACKEND_PROOFS,
  ...INGRESS_PROOFS,
  ...GATEWAY_PROOFS,
  ...ISTIO_PROOFS,
  ...ROUTE_PROOFS,
  'subset-too': ({ proof, rule }) => `${wordProof(proof)}, and DestinationRule ${rule} has the subset`,
};

/** What proves a link whole or broken, as data: the sentence is made when it is read. */
export type Proof = {
  readonly [W in keyof Proofs]: { readonly what: W; readonly values: Proofs[W] };
}[keyof Proofs];

/** What links that the input settles have in common. */
export type Settled = Whole | Broken;

interface Whole {
  readonly state: 'whole';
  readonly proof: Proof;
  readonly lacks: undefined;
}

interface Broken {
  readonly state: 'broken';
  readonly proof: Proof;
  readonly lacks: undefined;
}

/** The one way to a whole link: with what proves that its ends agree. */
export const whole = <W extends keyof Proofs>(what: W, ...[values]: ArgumentsOf<W>): Whole =>
  values === undefined
    ? BARE_WHOLE[what]!
    : { state: 'whole', proof: { what, values } as Proof, lacks: undefined };

/** The one way to a broken link: with what proves that its ends do not meet. */
export const broken = <W extends keyof Proofs>(what: W, ...[values]: ArgumentsOf<W>): Broken =>
  values === undefined
    ? BARE_BROKEN[what]!
    : { state: 'broken', proof: { what, values } as Proof, lacks: undefined };

/** What says all by its name has no values. */
type ArgumentsOf<W extends keyof Proofs> = Nothing extends Proofs[W] ? [] : [values: Proofs[W]];

/** What has no values is the same for all links that it proves. */
const bare = <S extends Settled>(state: S['state']): Readonly<Record<string, S>> =>
  Object.fromEntries(
    Object.keys(WORDINGS).map((what) => [
      what,
      { state, proof: { what, values: {} }, lacks: undefined } as S,
    ]),
  );
const BARE_WHOLE = bare<Whole>('whole');
const BARE_BROKEN = bare<Broken>('broken');

/** One sentence without a full stop. */
export const wordProof = ({ what, values }: Proof): string =>
  (WORDINGS[what] as (all: typeof values) => string)(values);
