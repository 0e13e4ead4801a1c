import type { ServicePort } from '../../model/model.ts';
import type { Observation, SeenConnection, SeenEndpoints } from '../../model/observation.ts';
import type { Observed } from '../../model/observed.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Ground } from '../../process/listeners/grounds/ground.ts';
import type { SliceSays } from '../../process/listeners/grounds/seen-words.ts';
import type { NodePortLink } from '../links/node-links.ts';
import type { BindLink } from '../links/pod-links.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from '../links/service-links.ts';
import { outsideSights } from './outside.ts';
import type { Sight } from './sight.ts';
import { tellings } from './tellings.ts';

interface Slice {
  readonly what: SeenEndpoints;
  readonly time: string | undefined;
}

const slicesOf = (about: readonly Observation[]): Slice[] =>
  about.flatMap(({ what, at }) => (what.kind === 'endpoints' ? [{ what, time: at }] : []));

const sliceGround = ({ what: { slice }, time }: Slice, says: SliceSays): Ground => ({
  kind: 'endpoint-slice',
  slice,
  says,
  time,
});

/** Slices without any endpoint: the cluster has no Pod that the selector matches. */
export function selectorSights({ service }: SelectorLink, observed: Observed): Sight[] {
  const slices = slicesOf(observed.about(service));
  const [first] = slices;
  if (!first) return [];
  const filled = slices.find(({ what }) => what.ready + what.notReady > 0);
  return filled ? [] : [{ verdict: 'denies', ground: sliceGround(first, { is: 'empty' }) }];
}

/**
 * The controller writes into a slice what it made of the targetPort, so the slice settles it; several workloads behind
 * one Service may each have a slice of their own. An answer proves all that lies between only where one can give it.
 */
export function targetPortSights(
  link: TargetPortLink | EndpointLink,
  observed: Observed,
  isAlone: boolean,
  isUnserved: boolean,
): Sight[] {
  const { service, servicePort } = link;
  const about = observed.about(service);
  if (about.length === 0) return [];
  const number = link.through === 'selector' ? link.number : portNumber(link.endpointPort?.port);
  return [
    ...sliceSights(servicePort, number, slicesOf(about)),
    ...answerSights(servicePort, about, { isAlone, isUnserved }),
    ...wayInSights(servicePort, about),
    ...about.flatMap(tellings),
  ];
}

function sliceSights(
  servicePort: ServicePort,
  number: number | undefined,
  slices: readonly Slice[],
): Sight[] {
  const [first] = slices.filter(({ what }) => what.ready + what.notReady > 0);
  if (!first) return [];
  const found = slices.flatMap((slice) =>
    slice.what.ports
      .filter(
        ({ name, protocol }) =>
          name === (servicePort.name?.value ?? '') && protocol === protocolOf(servicePort.protocol),
      )
      .map(({ port }) => ({ slice, port })),
  );
  const own = found.find(({ port }) => number === undefined || port === number);
  if (!own) {
    const [other] = found;
    const says: SliceSays = other ? { is: 'other-port', port: other.port } : { is: 'no-port' };
    return [{ verdict: 'denies', ground: sliceGround(other?.slice ?? first, says) }];
  }
  const carrying = found.filter(({ port }) => port === own.port).map(({ slice }) => slice.what);
  const ready = carrying.reduce((sum, one) => sum + one.ready, 0);
  const all = carrying.reduce((sum, one) => sum + one.ready + one.notReady, 0);
  const says: SliceSays = { is: 'port', port: own.port, ready, all };
  // Traffic is sent to none of them.
  return [{ verdict: ready === 0 ? 'denies' : 'proves', ground: sliceGround(own.slice, says) }];
}

/**
 * What a connection through the Service met. That it failed does not tell where: it is the fault of what lies behind,
 * where nobody listens there.
 */
function answerSights(
  servicePort: ServicePort,
  about: readonly Observation[],
  { isAlone, isUnserved }: { readonly isAlone: boolean; readonly isUnserved: boolean },
): Sight[] {
  return about.flatMap(({ what, at, command }): Sight[] => {
    if (what.kind !== 'connection' || what.dialled !== 'service') return [];
    if (what.port !== portNumber(servicePort.port) || what.protocol !== protocolOf(servicePort.protocol))
      return [];
    const { dialled, from, port, protocol, answer } = what;
    const ground: Ground = { kind: 'connection', dialled, from, port, protocol, answer, time: at, command };
    const failed = answer.kind === 'refused' || answer.kind === 'timeout';
    const denial = isUnserved ? 'told' : 'denies';
    return [{ verdict: failed ? denial : isAlone ? 'proves' : 'told', ground }];
  });
}

/** The nodePort that a Service asks for. That one which the cluster chose is in no manifest is told of its Service port. */
export const nodePortSights = ({ service, servicePort }: NodePortLink, observed: Observed): Sight[] =>
  outsideSights(
    observed.about(service),
    ({ dialled, port, protocol }) =>
      dialled === 'node' &&
      port === portNumber(servicePort.nodePort) &&
      protocol === protocolOf(servicePort.protocol),
    isThrough(servicePort),
  );

/** Load balancers have no link of their own. */
const wayInSights = (servicePort: ServicePort, about: readonly Observation[]): Sight[] =>
  outsideSights(
    about,
    ({ dialled, behind, protocol }) =>
      behind === portNumber(servicePort.port) &&
      protocol === protocolOf(servicePort.protocol) &&
      (dialled === 'load-balancer' || (dialled === 'node' && servicePort.nodePort === undefined)),
    isThrough(servicePort),
  );

const isThrough =
  (servicePort: ServicePort) =>
  ({ dialled, from, port }: SeenConnection): boolean =>
    dialled === 'service' && from === undefined && port === portNumber(servicePort.port);

/** Whoever answers through a Service that has one workload is the process of that workload. */
export const bindAnswers = (
  { from }: BindLink,
  observed: Observed,
  isAlone: (link: TargetPortLink) => boolean,
): Sight[] =>
  from.flatMap((link) =>
    isAlone(link)
      ? answerSights(link.servicePort, observed.about(link.service), {
          isAlone: true,
          isUnserved: false,
        }).filter(({ verdict }) => verdict === 'proves')
      : [],
  );
