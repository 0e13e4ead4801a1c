import { NOT_DIALLED } from '../../graph/clients/names.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Variable } from '../../process/environment/variables.ts';
import { addressesInValue } from '../../text/addresses/addresses.ts';
import { mayAddress, pairsIn } from '../../text/addresses/pairs.ts';
import { portOfScheme } from '../../text/addresses/ports-of-schemes.ts';
import { Located, type Location } from '../../text/source.ts';
import { mayGive, mayHold } from '../processes/may-hold.ts';

/** What every URL has, and the name of every port that is given beside its host. */
const URL_HINT = /:\/\//;
const isPort = ({ name }: { readonly name: string }): boolean => /port$/i.test(name);

export interface DialledByVariable {
  readonly host: string;
  readonly number: number;
  /** Undefined for a host and a port that are given apart. */
  readonly scheme: string | undefined;
  readonly variable: string;
  readonly at: Location;
}

const mayDial = ({ name, value = '', secret }: Variable): boolean =>
  !secret && !NOT_DIALLED.test(name) && mayAddress(name, value);

/** Of the variables of a container, those that give a URL or a host and a port. */
export function* dialledByVariables(
  workload: Workload,
  container: Container,
  graph: PortGraph,
): Generator<DialledByVariable> {
  const { model } = graph;
  if (!mayHold(model, workload, container, URL_HINT) && !mayGive(model, workload, container, isPort)) return;
  const { variables } = graph.environmentOf(workload, container);
  const values = new Map<string, Located<string>>();
  for (const { name, value = '', at } of variables.where(mayDial)) {
    values.set(name, new Located(value, at.source, at.start, at.end));
    for (const { host, port, scheme, form } of addressesInValue(value)) {
      const number = port ?? portOfScheme(scheme)?.port;
      if (number !== undefined && form === 'sure') yield { host, number, scheme, variable: name, at };
    }
  }
  const names = new Map([...values].map(([name, value]) => [value, name]));
  for (const { host, port } of pairsIn(values)) {
    yield {
      host: host.value.toLowerCase(),
      number: Number(port.value),
      scheme: undefined,
      variable: names.get(port) ?? '',
      at: port.at,
    };
  }
}
