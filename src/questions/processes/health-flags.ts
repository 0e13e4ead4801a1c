import type { ProbeLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container } from '../../model/model.ts';
import type { Located } from '../../text/source.ts';

/** A flag that says where a program answers probes, and a probe that asks elsewhere. */
export interface MissedHealthFlag {
  readonly probe: ProbeLink;
  readonly flag: Located<string>;
  readonly name: string;
  readonly number: number;
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
    for (const flag of [...(container.command ?? []), ...(container.args ?? [])]) {
      const name = flag.value.slice(0, flag.value.indexOf('='));
      const [, digits] = FLAGS.has(name) ? (/:(\d{1,5})$/.exec(flag.value) ?? []) : [];
      if (digits === undefined || Number(digits) === number) continue;
      told.add(container);
      yield { probe, flag, name, number: Number(digits) };
      break;
    }
  }
}

const PROBES: ReadonlySet<string> = new Set(['liveness', 'readiness', 'startup']);
