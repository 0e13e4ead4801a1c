import { isServiceEntry, type ServiceEntry } from '../../../model/istio.ts';
import type { Model } from '../../../model/resource-set.ts';
import { groupBy } from '../../../text/group-by.ts';
import { insideScalar } from '../../../text/inside-scalar.ts';
import { Located } from '../../../text/source.ts';

/** What a host name means to Istio: a Service, or a host that only a ServiceEntry can tell of. */
export interface MeshHost {
  /** Without its case and with everything that a short name leaves out. */
  readonly fqdn: string;
  readonly service:
    | { readonly name: Located<string>; readonly namespace: Located<string> | undefined }
    | undefined;
}

const SERVICE_HOST = /^([^.*]+)\.([^.*]+)\.svc\../;

/**
 * A name without dots is a Service of the namespace of whoever says it; any other is taken as it is, so `quay.harbour`
 * is no Service (S-161).
 */
export function meshHostOf(written: Located<string>, namespace: string): MeshHost {
  const { value, source } = written;
  const part = (start: number, end: number): Located<string> => {
    const place = insideScalar(written)(start, end);
    return new Located(value.slice(start, end), source, place.start, place.end);
  };
  const fqdn = value.toLowerCase();
  if (value !== '*' && !value.includes('.')) {
    return {
      fqdn: `${fqdn}.${namespace}.svc.cluster.local`,
      service: { name: written, namespace: undefined },
    };
  }
  const [, name, own] = SERVICE_HOST.exec(value) ?? [];
  if (name === undefined || own === undefined) return { fqdn, service: undefined };
  const from = name.length + 1;
  return { fqdn, service: { name: part(0, name.length), namespace: part(from, from + own.length) } };
}

/** The ServiceEntries for a host, as it is or by a wildcard. */
export type ServiceEntries = (fqdn: string) => readonly ServiceEntry[];

export function serviceEntriesOf(model: Model): ServiceEntries {
  const entries = model.ofKind('ServiceEntry').filter(isServiceEntry);
  const byHost = groupBy(
    entries.flatMap(({ hosts, namespace }, place) =>
      hosts.map((host) => ({ fqdn: meshHostOf(host, namespace).fqdn, place })),
    ),
    ({ fqdn }) => fqdn,
  );
  return (fqdn) => {
    if (byHost.size === 0) return [];
    const meant = [fqdn, ...wildcardsFor(fqdn)].flatMap((host) => byHost.get(host) ?? []);
    return [...new Set(meant.map(({ place }) => place))]
      .sort((a, b) => a - b)
      .map((place) => entries[place]!);
  };
}

/** No name of DNS is longer. */
const LONGEST_NAME = 253;

/** `*.shop.example` and `*.example` for `a.shop.example`. */
const wildcardsFor = (fqdn: string): string[] =>
  fqdn.length > LONGEST_NAME ? [] : Array.from(fqdn.matchAll(/\./g), ({ index }) => `*${fqdn.slice(index)}`);
