import type { BindLink, ProbeLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Variable } from '../../process/environment/variables.ts';
import { parsePort } from '../../process/listeners/bind-address.ts';
import { isPortVariable } from '../../process/settings/ignored-variables.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Location } from '../../text/source.ts';
import { mayGive } from './may-hold.ts';

/** What is said of a container of an unknown image, where a variable says another port than all the rest. */
export interface Disagreeing {
  readonly workload: Workload;
  readonly container: Container;
  readonly variable: {
    readonly name: string;
    readonly port: number;
    readonly at: Location;
    readonly from: string;
  };
  /** Each in a place of its own; the first is the one that traffic depends on. */
  readonly others: readonly Saying[];
  /** Probes that dial the port of the variable: then the two speak against what traffic depends on. */
  readonly agreeing: readonly Saying[];
}

interface Saying {
  readonly port: number;
  readonly at: Location;
  readonly says: string;
  readonly by: 'traffic' | 'probe' | 'declaration';
}

export function* disagreeing(graph: PortGraph): Generator<Disagreeing> {
  const binds = groupBy(graph.binds, ({ workload }) => workload);
  const probes = groupBy(graph.probes, ({ container }) => container);
  for (const workload of graph.model.workloads) {
    const staying = workload.template.containers.filter(({ role }) => role !== 'init');
    const sent = binds.get(workload) ?? [];
    const sentTo = staying.length === 1 ? undefined : groupBy(sent, (bind) => bind.container);
    for (const container of staying) {
      const own = sentTo ? (sentTo.get(container) ?? []) : sent;
      const said = saidOf(own, probes.get(container) ?? [], container);
      if (said.length === 0 || graph.processOf(workload, container).fact) continue;
      const variable = loneVariable(graph, workload, container);
      if (!variable) continue;
      const agreeing = said.filter(({ port }) => port === variable.port);
      const others = said.filter(({ port }) => port !== variable.port);
      if (agreeing.some(({ by }) => by !== 'probe')) continue;
      if (agreeing.length > 0 && !others.some(({ by }) => by === 'traffic')) continue;
      yield { workload, container, variable, others, agreeing };
    }
  }
}

const namesPort = ({ name }: Pick<Variable, 'name'>): boolean => isPortVariable(name);

/** Where several variables look like a port to listen on, one of them may be for something else. */
function loneVariable(
  graph: PortGraph,
  workload: Workload,
  container: Container,
): Disagreeing['variable'] | undefined {
  if (!mayGive(graph.model, workload, container, namesPort)) return undefined;
  const { variables } = graph.environmentOf(workload, container);
  const [first, ...more] = variables.where(namesPort).flatMap(({ name, value, at, from, secret }) => {
    const port = secret ? undefined : parsePort(value ?? '');
    return port === undefined ? [] : [{ name, port, at, from }];
  });
  return more.length === 0 ? first : undefined;
}

function saidOf(
  binds: readonly BindLink[],
  probes: readonly ProbeLink[],
  container: Container,
): readonly Saying[] {
  const sent = binds.flatMap(({ number, protocol, from }) =>
    from.flatMap(({ servicePort: { targetPort, port } }) => {
      const at = targetPort?.at ?? port?.at;
      return at && protocol === 'TCP'
        ? [{ port: number, at, says: `traffic is sent to ${number}`, by: 'traffic' as const }]
        : [];
    }),
  );
  const dialled = probes.flatMap(({ number, probe }) =>
    number === undefined
      ? []
      : [{ port: number, at: probe.port.at, says: `a probe dials ${number}`, by: 'probe' as const }],
  );
  const declared = container.ports.flatMap(({ number, protocol }) => {
    const port = portNumber(number);
    return number && port !== undefined && protocolOf(protocol) === 'TCP'
      ? [{ port, at: number.at, says: `${port} is declared`, by: 'declaration' as const }]
      : [];
  });
  // Whatever is said must lead somewhere: a declaration alone is only a note.
  return sent.length + dialled.length === 0 ? [] : [...sent, ...dialled, ...declared];
}
