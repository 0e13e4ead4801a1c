import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import type { Variable, Variables } from '../../process/environment/variables.ts';
import { parsePort } from '../../process/listeners/bind-address.ts';
import type { Location } from '../../text/source.ts';

/** What says of a container that it listens on a port, where its process is not known to. */
export interface Claim {
  readonly container: Container;
  readonly port: number;
  readonly protocol: Protocol;
  readonly at: Location;
  /** `declares 8080`, `is given PORT=8080`. */
  readonly says: string;
}

/** The names by which most programs are told their port. */
const PORT_VARIABLE = /^(?:(?:HTTP|SERVER|APP|LISTEN|WEB)_)?PORT$/;

/** Two containers of one Pod that are both said to listen on a port, each pair and port once. */
export function collidingClaims(
  { processOf, environmentOf }: Pick<PortGraph, 'processOf' | 'environmentOf'>,
  workload: Workload,
): { readonly first: Claim; readonly second: Claim }[] {
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  if (staying.length < 2) return [];
  const claims = staying.flatMap((container): Claim[] => {
    const { complete, listeners } = processOf(workload, container);
    // What is known of the process is told by its listeners.
    if (complete || listeners.length > 0) return [];
    const { variables } = environmentOf(workload, container);
    return [
      ...container.ports.flatMap(({ number, protocol }): Claim[] => {
        const port = portNumber(number);
        return port === undefined
          ? []
          : [{ container, port, protocol: protocolOf(protocol), at: number!.at, says: `declares ${port}` }];
      }),
      ...variables.where(givesPort).flatMap(({ name, value = '', at }): Claim[] => {
        const port = parsePort(value);
        return port === undefined || isDialled(name, variables)
          ? []
          : [{ container, port, protocol: 'TCP', at, says: `is given ${name}=${port}` }];
      }),
    ];
  });
  return claims.flatMap((second, index) => {
    const first = claims
      .slice(0, index)
      .find((one) => isSame(one, second) && one.container !== second.container);
    const isTold = claims
      .slice(0, index)
      .some((one) => isSame(one, second) && one.container === second.container);
    return first && !isTold ? [{ first, second }] : [];
  });
}

const givesPort = ({ name, value = '', secret }: Variable): boolean =>
  PORT_VARIABLE.test(name) && !secret && parsePort(value) !== undefined;

/** Beside a host that is no address to listen on, a port is one to dial: `APP_HOST=localhost` and `APP_PORT`. */
function isDialled(name: string, variables: Variables): boolean {
  const value = variables.get(name.replace(/PORT$/, 'HOST'))?.value;
  return value !== undefined && !/^(?:0\.0\.0\.0|\[?::\]?|\*|)$/.test(value);
}

const isSame = (one: Claim, other: Claim): boolean =>
  one.port === other.port && one.protocol === other.protocol;
