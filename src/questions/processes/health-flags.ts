import type { ProbeLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import type { Container } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import type { Located } from '../../text/source.ts';

/** A flag that says where a program answers probes, and a probe that asks elsewhere. */
export interface MissedHealthFlag extends Said {
  readonly probe: ProbeLink;
}

/**
 * Operators are scaffolded with this flag, and controller-runtime serves nothing but `/healthz` and `/readyz` there
 * (`HealthProbeBindAddress` of its manager.Options): no other server of the program answers these.
 */
const FLAGS: ReadonlySet<string> = new Set([
  '--health-probe-bind-address',
  '--health-probe-addr',
  '--health-addr',
]);

/** Of each container, the first HTTP probe for another port than the flag says. */
export function* missedHealthFlags(graph: PortGraph): Generator<MissedHealthFlag> {
  const told = new Set<Container>();
  for (const probe of graph.probes) {
    const { container, number, state, probe: own } = probe;
    if (own.handler !== 'httpGet' || !PROBES.has(own.type) || number === undefined || told.has(container))
      continue;
    // Where the process is known, that is what tells.
    if (state !== 'unproved') continue;
    const said = flagAmong(container, FLAGS, ({ number: own }) => own !== 0 && own !== number);
    if (!said) continue;
    told.add(container);
    yield { probe, ...said };
  }
}

/** A flag that says where a program tells its metrics, and a Service port of metrics that leads elsewhere. */
export interface MissedMetricsFlag extends Said {
  readonly link: TargetPortLink;
  readonly container: Container;
}

/** `MetricsBindAddress`, today `Metrics.BindAddress`, of the same options: `0` switches them off. */
const METRICS_FLAGS: ReadonlySet<string> = new Set([
  '--metrics-bind-address',
  '--metrics-bind-addr',
  '--metrics-addr',
]);
const METRICS = /metrics/i;

/** Of each container, the first Service port that is called so and leads to a port that no other container has. */
export function* missedMetricsFlags(graph: PortGraph): Generator<MissedMetricsFlag> {
  const told = new Set<Container>();
  for (const link of graph.targetPorts) {
    const { servicePort, workload, number, state } = link;
    const named = [servicePort.name?.value, servicePort.targetPort?.value];
    if (state === 'broken' || number === undefined || !named.some((one) => METRICS.test(`${one ?? ''}`)))
      continue;
    const staying = workload.template.containers.filter(({ role }) => role !== 'init');
    for (const container of staying) {
      const said = told.has(container)
        ? undefined
        : flagAmong(container, METRICS_FLAGS, (one) => one.number !== number);
      // A proxy beside it has the port, or may have any.
      const isElsewhere = (): boolean =>
        staying.some((other) => other !== container && (staying.length > 2 || mayListen(other, number))) ||
        graph.processOf(workload, container).listeners.some(({ port }) => port === number);
      if (!said || isElsewhere()) continue;
      told.add(container);
      yield { ...said, link, container };
    }
  }
}

/** One that declares ports, and not this, has it no more than the one with the flag. */
const mayListen = ({ ports }: Container, number: number): boolean =>
  ports.length === 0 || ports.some((port) => portNumber(port.number) === number);

interface Said {
  readonly flag: Located<string>;
  readonly name: string;
  readonly number: number;
}

/** `--flag=:8081`, `--flag=0.0.0.0:8081`, `--flag=0`, and the flag before its value. */
function flagAmong(
  { command = [], args = [] }: Container,
  flags: ReadonlySet<string>,
  isWanted: (said: Said) => boolean,
): Said | undefined {
  const words = [...command, ...args];
  for (const [index, flag] of words.entries()) {
    const cut = flag.value.indexOf('=');
    const name = cut < 0 ? (words[index - 1]?.value ?? '') : flag.value.slice(0, cut);
    if (!flags.has(name)) continue;
    const [, digits] = /^(?:[\w.[\]-]{0,64}:)?(\d{1,5})$/.exec(flag.value.slice(cut + 1)) ?? [];
    const said = { flag, name, number: Number(digits) };
    if (digits !== undefined && isWanted(said)) return said;
  }
  return undefined;
}

const PROBES: ReadonlySet<string> = new Set(['liveness', 'readiness', 'startup']);
