import type { ImageConfig } from '../../model/image-config.ts';
import { isPortNumber } from '../../model/ports.ts';
import { PROTOCOLS } from '../../model/protocol.ts';

export type Exposed = ImageConfig['exposed'][number];

const SPECIFICATION = /^(?:.*:)?(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i;

/**
 * The ports of one word of EXPOSE or one key of a configuration's `ExposedPorts`: `80`, `53/udp`, `8000-8010/tcp`;
 * what stands before a colon is passed over, as Docker does (docker/go-connections, nat/nat.go). Undefined for what
 * is no port.
 */
export function exposedPorts(word: string): readonly Exposed[] | undefined {
  const [, first, last = first, suffix = 'tcp'] = SPECIFICATION.exec(word) ?? [];
  const from = Number(first);
  const to = Number(last);
  if (!isPortNumber(from) || !isPortNumber(to) || to < from) return undefined;
  const protocol = PROTOCOLS.find((known) => known === suffix.toUpperCase()) ?? 'TCP';
  return Array.from({ length: to - from + 1 }, (_, index) => ({ port: from + index, protocol }));
}
