import type { ReportResource } from './report.ts';

export interface FingerprintParts {
  readonly rule: string;
  readonly from: ReportResource;
  readonly to?: ReportResource | undefined;
  /** A field path by name, without positions. */
  readonly field: string;
}

/** Recognises a finding in a later run, whatever lines were added above it: 16 hexadecimal digits. */
export function fingerprintOf({ rule, from, to, field }: FingerprintParts): string {
  return fnv1a64([rule, ...nameOf(from), ...(to ? nameOf(to) : ['']), field].join('\0'));
}

const nameOf = ({ kind, namespace, name }: ReportResource): string[] => [kind, namespace, name];

/** FNV-1a, 64 bits, over UTF-16 code units (parameters of draft-eastlake-fnv). No secret hangs on it. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
