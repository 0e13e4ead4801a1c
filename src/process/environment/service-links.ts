import type { Service } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';

/** What the kubelet puts into a variable that is named after a Service. */
export interface ServiceLink {
  /** The Service of the Pod's namespace; undefined for `kubernetes` of namespace default, which is always there. */
  readonly service: Service | undefined;
  /** Known where no cluster IP is part of it and no other Service writes the same name (S-113). */
  readonly value: string | undefined;
  /** The value with what the input lacks left open: `tcp://<clusterIP>:6379`. */
  readonly shape: string;
}

/**
 * Service links by name of the variable (S-110..S-114). They are worked out one name at a time, as a namespace of
 * 10,000 Services has more than 70,000 of them.
 */
export interface ServiceLinks {
  find(name: string): ServiceLink | undefined;
  /** True when a Service that the input lacks would give this name; only after `find` found nothing. */
  mayBeOutside(name: string): boolean;
}

/**
 * @param enabled `enableServiceLinks` of the Pod; without them only `kubernetes` is left (S-114)
 * @param servicesNamed the Services of the Pod's namespace that have a name, more than one where it is defined twice
 */
export function serviceLinks(
  enabled: boolean,
  servicesNamed: (name: string) => readonly Service[],
): ServiceLinks {
  return {
    find(name) {
      const links = readingsOf(name).flatMap((reading): ServiceLink[] => {
        const services = enabled ? servicesNamed(reading.serviceName) : [];
        if (services.length === 0 && reading.serviceName === 'kubernetes') return [KUBERNETES];
        return services.filter(hasClusterIP).flatMap((service) => {
          const shape = reading.shapeOf(service);
          return shape === undefined
            ? []
            : [{ service, value: shape.includes('<') ? undefined : shape, shape }];
        });
      });
      const [first, ...more] = links;
      return first && more.some(({ shape }) => shape !== first.shape)
        ? { ...first, value: undefined }
        : first;
    },
    mayBeOutside: (name) =>
      enabled && readingsOf(name).some(({ serviceName }) => servicesNamed(serviceName).length === 0),
  };
}

const KUBERNETES: ServiceLink = { service: undefined, value: undefined, shape: '<the API server>' };

/** ExternalName and headless Services have no cluster IP; one that is left out or empty is allocated (S-114). */
const hasClusterIP = ({ type, clusterIP }: Service): boolean =>
  type?.value !== 'ExternalName' && clusterIP?.value !== 'None';

/** One way to understand a variable's name: FOO_SERVICE_PORT is said by `foo` and by `foo-service`. */
interface Reading {
  readonly serviceName: string;
  /** Undefined when this Service gives no such variable. */
  shapeOf(service: Service): string | undefined;
}

const LONGEST_SERVICE_NAME = 63;
const SUFFIX =
  /^_(?:SERVICE_HOST|SERVICE_PORT(?:_(?<portName>.+))?|PORT(?:_(?<number>\d+)_(?<protocol>TCP|UDP|SCTP)(?<part>_PROTO|_PORT|_ADDR)?)?)$/;

/** Upper case and `_` for `-` can be undone, as a Service's name has neither upper case nor `_` (S-110). */
function readingsOf(name: string): Reading[] {
  const readings: Reading[] = [];
  for (let at = name.indexOf('_', 1); at > 0 && at <= LONGEST_SERVICE_NAME; at = name.indexOf('_', at + 1)) {
    const prefix = name.slice(0, at);
    const match = SUFFIX.exec(name.slice(at));
    if (!match || !/^[A-Z0-9][A-Z0-9_]*$/.test(prefix)) continue;
    const { portName, number, protocol, part } = match.groups ?? {};
    readings.push({
      serviceName: prefix.toLowerCase().replaceAll('_', '-'),
      shapeOf: (service) => {
        const ports = service.ports.map(({ name, port, protocol }) => ({
          variable: name?.value.toUpperCase().replaceAll('-', '_'),
          number: `${portNumber(port) ?? '<port>'}`,
          protocol: protocolOf(protocol),
        }));
        const host = hostOf(service);
        const url = (port: (typeof ports)[number]): string =>
          `${port.protocol.toLowerCase()}://${host.includes(':') ? `[${host}]` : host}:${port.number}`;
        const [first] = ports;
        if (match[0] === '_SERVICE_HOST') return host;
        if (match[0] === '_SERVICE_PORT') return first?.number;
        if (match[0] === '_PORT') return first && url(first);
        if (portName !== undefined) return ports.find(({ variable }) => variable === portName)?.number;
        const port = ports.find((one) => one.number === number && one.protocol === protocol);
        if (!port || part === undefined) return port && url(port);
        if (part === '_PROTO') return port.protocol.toLowerCase();
        return part === '_PORT' ? port.number : host;
      },
    });
  }
  return readings;
}

const hostOf = ({ clusterIP }: Service): string => clusterIP?.value || '<clusterIP>';
