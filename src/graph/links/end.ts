import type { ContainerPort, Resource, ServicePort } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Location } from '../../text/source.ts';
import { keep } from '../../text/yaml-keep.ts';

export interface EndPort {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly protocol: string | undefined;
}

/** One end of a link, as the report shows it. */
export interface End {
  readonly resource: Resource;
  readonly container: string | undefined;
  readonly port: EndPort | undefined;
  /** Where a Service port forwards to, a number or a name; only where a `target-port` link starts. */
  readonly targetPort?: number | string | undefined;
  /** The text that says it; undefined for a fact with no text. */
  readonly at: Location | undefined;
  /** Where in the resource, by name and without line numbers: `spec.ports[http].targetPort`. */
  readonly field: string;
}

/** The two ends of a link; the second is not there where nothing was found. */
export interface Ends {
  readonly from: End;
  readonly to: End | undefined;
  /** Where nothing was found and it is plain what was meant. */
  readonly nearest?: End | undefined;
  /** Where no Pods were found: what each port of the Service forwards to all the same. */
  readonly forwards?: readonly End[] | undefined;
}

export const endPort = (
  name: string | undefined,
  number: number | undefined,
  protocol: string | undefined,
): EndPort => ({
  name,
  number,
  protocol,
});

export const end = (
  resource: Resource,
  field: string,
  at: Location | undefined,
  more: { readonly container?: string | undefined; readonly port?: EndPort } = {},
): End => ({ resource, field: keep(field), at, container: more.container, port: more.port });

export const servicePortEnd = (resource: Resource, one: ServicePort): End =>
  end(resource, `spec.ports[${keyOf(one)}]`, (one.port ?? one).at, {
    port: endPort(one.name?.value, portNumber(one.port), protocolOf(one.protocol)),
  });

export const containerPortEnd = (
  resource: Resource,
  container: string | undefined,
  one: ContainerPort,
): End =>
  end(resource, `containers[${container ?? ''}].ports[${containerKeyOf(one)}]`, (one.number ?? one).at, {
    container,
    port: endPort(one.name?.value, portNumber(one.number), protocolOf(one.protocol)),
  });

/** How fields are named without positions: by the port's name, else by its number and protocol. */
export const keyOf = (one: ServicePort): string =>
  one.name?.value ?? `${one.port?.value ?? ''}/${protocolOf(one.protocol)}`;

export const containerKeyOf = (one: ContainerPort): string =>
  one.name?.value ?? `${one.number?.value ?? ''}/${protocolOf(one.protocol)}`;
