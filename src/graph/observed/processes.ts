import type { Container, Workload } from '../../model/model.ts';
import type { Observation, SeenContainer } from '../../model/observation.ts';
import type { Observed } from '../../model/observed.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { ProcessOf } from '../../process/listeners/container-process.ts';
import type { HostPortLink } from '../links/node-links.ts';
import type { BindLink, ProbeLink } from '../links/pod-links.ts';
import { outsideSights } from './outside.ts';
import type { Sight } from './sight.ts';
import { conditionGround, containerGround, eventGround, tellings } from './tellings.ts';

/** Nothing listens in a container that does not run. */
export function bindSights(
  { workload, container }: BindLink,
  observed: Observed,
  processOf: ProcessOf,
): Sight[] {
  const about = observed.aboutWorkload(workload);
  if (about.length === 0) return [];
  return [
    ...startSights(about, workload),
    ...stateSights(about, container ? [container] : stayingOf(workload)),
    ...takenSights(about, workload, processOf),
    ...about.flatMap(({ what, at }): Sight[] =>
      what.kind === 'condition' && what.type === 'Ready' && what.status !== 'True'
        ? [{ verdict: 'told', ground: conditionGround(what, at) }]
        : [],
    ),
    ...about.flatMap((one) => (isOfProbe(one) && hasLink(one, workload) ? [] : tellings(one))),
  ];
}

/** Of a probe that dials a port, which has a link of its own; one that runs a program has none. */
const hasLink = ({ subject, what }: Observation, { template }: Workload): boolean =>
  template.containers.some(
    ({ name, probes }) =>
      name === (subject.container ?? name) &&
      probes.some(
        ({ type }) => what.kind === 'event' && FAILED.exec(what.message)?.[1]?.toLowerCase() === type,
      ),
  );

/** No container starts before those that are to end first have ended well. */
const startSights = (about: readonly Observation[], { template }: Workload): Sight[] =>
  template.containers
    .filter(({ role }) => role === 'init')
    .flatMap((container) => statesOf(about, container))
    .filter(
      ({ what: { state, reason, last } }) =>
        (state === 'waiting' && last !== undefined) || (state === 'terminated' && reason !== 'Completed'),
    )
    .map((state) => ({ verdict: 'denies', ground: containerGround(state, state.at) }));

const stayingOf = ({ template }: Workload): Container[] =>
  template.containers.filter(({ role }) => role !== 'init');

interface State {
  readonly name: string;
  readonly what: SeenContainer;
  readonly at: string | undefined;
}

const statesOf = (about: readonly Observation[], { name }: Container): State[] =>
  about.flatMap(({ subject, what, at }) =>
    what.kind === 'container' && subject.container === name ? [{ name, what, at }] : [],
  );

/** One that runs in some Pods may serve there. */
function stateSights(about: readonly Observation[], containers: readonly Container[]): Sight[] {
  const all = containers.map((container) => statesOf(about, container));
  const isDown =
    all.length > 0 && all.every((of) => of.length > 0 && of.every(({ what }) => what.state !== 'running'));
  return all.flat().flatMap((state): Sight[] => {
    const { what, at } = state;
    if (what.state === 'running' && what.restarts === 0) return [];
    return [{ verdict: isDown ? 'denies' : 'told', ground: containerGround(state, at) }];
  });
}

/** Why a container ends that wants what another one of its Pod has: its Pod is not ready then. */
const takenSights = (about: readonly Observation[], workload: Workload, processOf: ProcessOf): Sight[] =>
  stayingOf(workload)
    .filter((container) =>
      statesOf(about, container).some(({ what }) => what.state !== 'running' || what.restarts > 0),
    )
    .flatMap((container) =>
      (processOf(workload, container).taken ?? []).flatMap(({ port, grounds }) =>
        grounds.flatMap((ground): Sight[] => {
          if (ground.kind !== 'log') return [];
          const line = { ...ground.line, takenFrom: { container: container.name, port } };
          return [{ verdict: 'told', ground: { ...ground, line } }];
        }),
      ),
    );

const FAILED = /^(readiness|liveness|startup) probe (?:failed|errored)/i;

const isOfProbe = ({ what }: Observation): boolean => what.kind === 'event' && FAILED.test(what.message);

/**
 * A container that is ready passed its readiness probe. Probes fail while a program starts, so that one which failed
 * denies something only where the container is not ready.
 */
export function probeSights({ workload, container, probe }: ProbeLink, observed: Observed): Sight[] {
  const about = observed.aboutWorkload(workload);
  if (about.length === 0) return [];
  const states = statesOf(about, container);
  const isReady = states.length > 0 && states.every(({ what }) => what.state === 'running' && what.ready);
  const failed = about.flatMap(({ subject, what, at }): Sight[] => {
    if (what.kind !== 'event' || (subject.container ?? container.name) !== container.name) return [];
    if (FAILED.exec(what.message)?.[1]?.toLowerCase() !== probe.type) return [];
    const verdict = states.some((one) => !one.what.ready) ? 'denies' : 'told';
    return [{ verdict, ground: eventGround(what, at) }];
  });
  const [first] = isReady && probe.type === 'readiness' ? states : [];
  if (!first) return failed;
  const state = { is: 'probed', container: container.name } as const;
  return [{ verdict: 'proves', ground: { kind: 'condition', state, time: first.at } }, ...failed];
}

/** What a node answers at the port, and what the scheduler says of it. */
export function hostPortSights({ workload, containerPort }: HostPortLink, observed: Observed): Sight[] {
  const about = observed.aboutWorkload(workload);
  const { hostPort, number, protocol } = containerPort;
  const taken = portNumber(hostPort) ?? portNumber(number);
  return [
    ...outsideSights(
      about,
      (dial) => dial.dialled === 'node' && dial.port === taken && dial.protocol === protocolOf(protocol),
      ({ dialled, from, port }) => dialled === 'pod' && from === undefined && port === portNumber(number),
    ),
    ...schedulingSights(about),
  ];
}

/** The scheduler finds no node on which the port is free: its events are kept for an hour, the Pod's condition stays. */
const schedulingSights = (about: readonly Observation[]): Sight[] =>
  about.flatMap(({ what, at }): Sight[] => {
    if (what.kind === 'condition' && what.type === 'PodScheduled' && what.status === 'False')
      return isOfPorts(what.message) ? [{ verdict: 'denies', ground: conditionGround(what, at) }] : [];
    return what.kind === 'event' && what.reason === 'FailedScheduling' && isOfPorts(what.message)
      ? [{ verdict: 'denies', ground: eventGround(what, at) }]
      : [];
  });

const isOfPorts = (message: string | undefined): boolean => /free ports/.test(message ?? '');
