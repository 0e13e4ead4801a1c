import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { ServicePort } from './model.ts';

/** The number of a port field, when it is one that Kubernetes accepts: an integer in 1..65535 (S-003). */
export function portNumber(field: Located<Scalar> | undefined): number | undefined {
  const value = field?.value;
  return typeof value === 'number' && isPortNumber(value) ? value : undefined;
}

export const isPortNumber = (value: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= 65535;

/** A quoted number: the API server takes it for a name and refuses it (S-002). */
export const isQuotedNumber = (field: Located<Scalar> | undefined): boolean =>
  typeof field?.value === 'string' && /^\d+$/.test(field.value);

/** Names of container ports, string targetPorts, probe ports and Ingress port names (S-004). */
export const isPortName = (name: string): boolean =>
  name.length <= 15 &&
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) &&
  /[a-z]/.test(name) &&
  !name.includes('--');

/** Names of Service and Endpoints ports: a DNS-1123 label (S-005). */
export const isServicePortName = (name: string): boolean =>
  name.length <= 63 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name);

/**
 * A value that another tool fills in before the manifest is applied: `${PORT}` of envsubst or Flux. What Kubernetes
 * will get is not known, so nothing is proved about it.
 */
export const isPlaceholder = (field: { readonly value: Scalar } | undefined): boolean =>
  typeof field?.value === 'string' && holdsPlaceholder(field.value);

/** `PORT` or `CONTAINER_PORT`: no number, and no name that Kubernetes takes for one of a port. */
const isPortInCapitals = (text: string): boolean =>
  /^[A-Z0-9_]+$/.test(text) && text.split('_').includes('PORT');

/** `REPLACEME`, `CHANGE_ME-canary`: words in capitals that ask for another. */
const asksForAnother = (text: string): boolean =>
  /(?:^|[-._/])(?:REPLACE|CHANGE|FILL|INSERT|YOUR|TODO|FIXME)[A-Z0-9_]*(?:$|[-._/])/.test(text);

/** `${PORT}`, `$(PORT)`, `{{ .Values.port }}`, `<port>`, `{PORT}`, `PORT`, or what SOPS has encrypted. */
const holdsPlaceholder = (text: string): boolean =>
  text.includes('{{') ||
  isClosed(text, '${', '}') ||
  isClosed(text, '$(', ')') ||
  (text.startsWith('<') && text.endsWith('>')) ||
  /^\{[A-Z][A-Z0-9_]*\}$/.test(text) ||
  text.startsWith('ENC[AES256_GCM,') ||
  isPortInCapitals(text) ||
  asksForAnother(text);

function isClosed(text: string, open: string, close: string): boolean {
  const at = text.indexOf(open);
  return at >= 0 && text.includes(close, at);
}

/** What the Service port forwards to: its targetPort unless that is left out, 0 or empty (S-013). */
export const wantedPort = ({ port, targetPort }: ServicePort): ServicePort['targetPort'] =>
  targetPort && targetPort.value !== 0 && targetPort.value !== '' ? targetPort : port;
