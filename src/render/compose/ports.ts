import type { YamlNode, YamlScalar } from '../../text/yaml-node.ts';

/** One port of a compose service. */
export interface ComposePort {
  /** On the machine; undefined where the engine picks one, or where the port is only exposed. */
  readonly host: number | undefined;
  readonly hostIp: string | undefined;
  readonly container: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly isPublished: boolean;
  /** As it is written, after variables are filled in. */
  readonly written: string;
  readonly node: YamlNode;
}

/** More ports than a Service names: media and VPN servers have such ranges. */
export interface WideRange {
  readonly written: string;
  readonly isWide: true;
}

/** What is written is no port. */
export interface PortMistake {
  readonly node: YamlNode;
  readonly message: string;
}

const RANGE = /^(\d{1,5})(?:-(\d{1,5}))?$/;

/** `[[IP:][HOST]:]CONTAINER[/PROTOCOL]`, with ranges (compose-spec, `ports`, short syntax). */
export function shortPorts(
  written: string,
  node: YamlScalar,
  isPublished = true,
): ComposePort[] | PortMistake | WideRange {
  const mistake = (message: string): PortMistake => ({
    node,
    message: `\`${written}\` is no port: ${message}`,
  });
  const [mapping = '', protocolText = 'tcp', ...more] = written.split('/');
  const protocol = protocolOf(protocolText);
  if (more.length > 0 || protocol === undefined) return mistake('the protocol is tcp, udp or sctp');
  const parts = /^(?:(\[[^\]]*\]|[^:[\]]*):)?(?:([^:]*):)?([^:]*)$/.exec(mapping);
  if (!parts) return mistake('`HOST:CONTAINER` has one colon, and an address before it another');
  const [, first, second, containerText = ''] = parts;
  const hostIp = second === undefined ? undefined : first?.replace(/^\[|\]$/g, '');
  const hostText = second ?? first ?? '';
  const container = rangeOf(containerText);
  if (!container) return mistake('the last number is the port in the container, 1 to 65535');
  const host = hostText === '' ? undefined : rangeOf(hostText);
  if (container === 'wide' || host === 'wide') return { written, isWide: true };
  if (hostText !== '' && !host) return mistake('the first number is the port on the machine, 1 to 65535');
  const isOne = container.length === 1;
  if (host && host.length !== container.length && !isOne) return mistake('both ranges must be of one length');
  return container.map((port, index) => ({
    // One container port with a range of the machine takes whichever of it is free.
    host: host && (host.length === container.length ? host[index] : undefined),
    hostIp: hostIp === '' ? undefined : hostIp,
    container: port,
    protocol,
    isPublished,
    written,
    node,
  }));
}

const protocolOf = (text: string): ComposePort['protocol'] | undefined =>
  (({ tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' }) as const)[text.toLowerCase() as 'tcp'];

const MOST_PORTS = 1_000;

function rangeOf(text: string): number[] | 'wide' | undefined {
  const match = RANGE.exec(text.trim());
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (from < 1 || to > 65_535 || to < from) return undefined;
  if (to - from >= MOST_PORTS) return 'wide';
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** `target`, `published`, `protocol` and `host_ip` (compose-spec, `ports`, long syntax). */
export function longPorts(
  field: (name: string) => string | undefined,
  node: YamlNode,
): ComposePort[] | PortMistake | WideRange {
  const target = rangeOf(field('target') ?? '');
  if (target?.length !== 1 || target === 'wide')
    return { node, message: '`target` is the port in the container, 1 to 65535' };
  const published = field('published');
  const host = published === undefined ? undefined : rangeOf(published);
  if (published !== undefined && !host)
    return { node, message: '`published` is the port on the machine, 1 to 65535' };
  if (host === 'wide') return { written: `${published}:${target[0]}`, isWide: true };
  const protocol = protocolOf(field('protocol') ?? 'tcp');
  if (protocol === undefined) return { node, message: '`protocol` is tcp, udp or sctp' };
  return [
    {
      host: host?.length === 1 ? host[0] : undefined,
      hostIp: field('host_ip'),
      container: target[0]!,
      protocol,
      isPublished: true,
      written: `${published ?? ''}:${target[0]}`,
      node,
    },
  ];
}
