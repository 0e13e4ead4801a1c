import { endsOf } from '../graph/links/ends.ts';
import type { ProbeLink } from '../graph/links/pod-links.ts';
import { mayMean, mayTakeHttp } from '../knowledge/port-role.ts';
import { describe } from '../model/describe.ts';
import type { Container, ContainerPort, Probe, Workload } from '../model/model.ts';
import { callContainerPort } from '../model/port-edits.ts';
import { isPortName, portNumber } from '../model/ports.ts';
import { PROBE_NAMES } from '../questions/processes/probe-names.ts';
import { groupBy } from '../text/group-by.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const unresolvedProbePort: Rule = defineRule({
  id: 'unresolved-probe-port',
  severity: 'error',
  summary: 'A probe or lifecycle hook names a port that its own container does not declare.',

  *check(graph) {
    const namesakes = namesakesIn();
    for (const link of graph.probes) {
      const { workload, container, probe, declared } = link;
      const name = probe.port.value;
      // Quoted digits, numbers out of range and names that no port can have are the concern of other rules.
      if (link.fault !== 'unresolved' || typeof name !== 'string' || !isPortName(name)) continue;
      if (container.role === 'init') continue;
      const isGrpc = probe.handler === 'grpc';
      // The name is there and its number is wrong: that number has a rule of its own.
      if (declared && !isGrpc) continue;

      const strangers = namesakes(link);
      yield {
        message: `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} ${isGrpc ? `names gRPC port \`${name}\`, where only a number is accepted` : `names port \`${name}\`, which the container does not declare`}`,
        resources: [workload],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: probe.port.at, message: isGrpc ? 'no number' : 'no port of this container has this name' },
          ...otherEnd(link, strangers),
        ],
        notes: isGrpc
          ? [
              'the API server refuses the whole object: json: cannot unmarshal string into Go struct field GRPCAction.grpc.port of type int32',
            ]
          : [
              ...(strangers.length > 0
                ? [
                    'the name is looked up in the container of the probe alone; another container of the Pod does not count',
                  ]
                : []),
              CONSEQUENCES[probe.type],
            ],
        fixes: fixesOf(link, strangers),
      };
    }
  },
});

/** What becomes of the Pod (S-070, S-076). */
const CONSEQUENCES: Readonly<Record<Probe['type'], string>> = {
  readiness:
    'the Pod never becomes Ready, so no Service sends it traffic; the event says `errored and resulted in unknown state`',
  liveness:
    'the probe is disabled without a word: its result stays a success, and the container is never restarted',
  startup: 'the container never counts as started: it is never Ready, and its liveness probe never runs',
  postStart: 'the hook fails, and the container is killed and started again and again',
  preStop: 'the hook fails, and the container is stopped without it',
};

interface Namesake {
  readonly container: Container;
  readonly port: ContainerPort;
}

/** The ports of other containers that have the name that a probe asks for; each Pod's are looked up once. */
const namesakesIn = (): ((probe: ProbeLink) => readonly Namesake[]) => {
  const pods = new Map<Workload, ReadonlyMap<string | undefined, readonly Namesake[]>>();
  return ({ workload, container, probe }) => {
    const named = pods.get(workload) ?? groupBy(portsOf(workload), ({ port }) => port.name?.value);
    pods.set(workload, named);
    const same = named.get(String(probe.port.value)) ?? [];
    return same.filter((other) => other.container !== container);
  };
};

const portsOf = ({ template }: Workload): Namesake[] =>
  template.containers
    .filter(({ role }) => role !== 'init')
    .flatMap((container) => container.ports.map((port) => ({ container, port })));

const MOST_SHOWN = 4;

function otherEnd({ container, declared }: ProbeLink, strangers: readonly Namesake[]): Label[] {
  if (declared?.name)
    return [{ at: declared.name.at, message: `stands for ${declared.number?.value ?? '?'}` }];
  const foreign = strangers.map((one) => ({
    at: one.port.name!.at,
    message: `container \`${one.container.name}\` has it, which does not count`,
  }));
  const own = container.ports.flatMap(({ name, number }) =>
    name ? [{ at: name.at, message: `names ${number?.value ?? '?'}` }] : [],
  );
  if (foreign.length + own.length > 0) return [...foreign.slice(0, MOST_SHOWN), ...own.slice(0, MOST_SHOWN)];
  return [{ at: container.nameAt, message: 'no named ports in this container' }];
}

function fixesOf({ container, probe, declared }: ProbeLink, strangers: readonly Namesake[]): Fix[] {
  const at = probe.port.at;
  const own = container.ports.flatMap(({ name }) => name?.value ?? []);
  const wanted = String(probe.port.value);
  const isMeant =
    own.length === 1 && mayMean([wanted], own[0]) && (probe.handler !== 'httpGet' || mayTakeHttp(own[0]));
  const name = nearest(wanted, own)[0] ?? (isMeant ? own[0] : undefined);
  const number = portNumber(declared?.number ?? strangers[0]?.port.number);
  if (number !== undefined) {
    // A gRPC probe with a name is refused today, so its number can break nothing that works.
    const applicability = probe.handler === 'grpc' && declared ? 'safe' : 'unsafe';
    return [{ title: `probe port ${number}`, applicability, edits: [{ at, text: String(number) }] }];
  }
  if (name === undefined || probe.handler === 'grpc') return [];
  const asked = String(probe.port.value);
  return [
    { title: `probe port \`${name}\``, applicability: 'unsafe', edits: [{ at, text: name }] },
    ...container.ports
      .filter((port) => port.name?.value === name)
      .flatMap((port) => callContainerPort(port, asked))
      .map((one): Fix => ({ ...one, applicability: 'unsafe' })),
  ];
}

export default unresolvedProbePort;
