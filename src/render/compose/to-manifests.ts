import { isSecretName } from '../../text/secrets/secret-names.ts';
import type { Location, SourceFile } from '../../text/source.ts';
import { dnsLabel } from '../dns-label.ts';
import type { ComposePort } from './ports.ts';
import type { ComposeProject, ComposeService, PlacedPort } from './read-compose.ts';

/** A piece of a text with the place in a compose file that it says again. */
export interface Marked {
  readonly start: number;
  readonly end: number;
  readonly at: Location;
}

export interface Manifests {
  readonly text: string;
  readonly marks: readonly Marked[];
}

/** The chain of Kubernetes that is equal to each compose service: a Deployment, and a Service where it has ports. */
export function toManifests({ services, source }: ComposeProject): Manifests {
  const writer = new Writer();
  for (const service of services) writeService(service, source, writer);
  return { text: writer.text, marks: writer.marks };
}

class Writer {
  text = '';
  readonly marks: Marked[] = [];

  line(text: string): void {
    this.text += `${text}\n`;
  }

  /** A line whose value is said in a compose file. */
  marked(before: string, value: string | number, at: Location): void {
    const start = this.text.length + before.length;
    this.text += `${before}${value}\n`;
    this.marks.push({ start, end: start + String(value).length, at });
  }
}

/** What a Service may be called: at most 63 characters, as a DNS label. */
export const kubernetesName = (name: string): string => dnsLabel(name, 63, 'service');

function writeService(service: ComposeService, source: SourceFile, out: Writer): void {
  const nameAt = { source, start: service.nameNode.start, end: service.nameNode.end };
  const name = kubernetesName(service.name);
  const containerPorts = onePerContainerPort(service.ports);
  out.line('---');
  if (service.ports.length === 0)
    out.line(
      '# no `ports` and no `expose`: other services reach whatever it listens on; `expose` would say which',
    );
  for (const port of service.ports) out.line(`# ${explain(port, service.name).replace(/[\r\n]/g, ' ')}`);
  out.line('apiVersion: apps/v1');
  out.line('kind: Deployment');
  out.line('metadata:');
  out.marked('  name: ', name, nameAt);
  out.line('spec:');
  out.line('  selector:');
  out.line('    matchLabels:');
  out.line(`      app: ${name}`);
  out.line('  template:');
  out.line('    metadata:');
  out.line('      labels:');
  out.line(`        app: ${name}`);
  out.line('    spec:');
  // Compose gives no variables of other services, and Kubernetes' own may be in the way (`REDIS_PORT=tcp://…`).
  out.line('      enableServiceLinks: false');
  out.line('      containers:');
  out.line(`        - name: ${name}`);
  const image = JSON.stringify(service.image ?? name);
  if (service.imageAt) out.marked('          image: ', image, service.imageAt);
  else out.line(`          image: ${image}`);
  if (service.entrypoint) out.line(`          command: ${JSON.stringify(service.entrypoint)}`);
  if (service.command) out.line(`          args: ${JSON.stringify(service.command)}`);
  if (service.environment.size > 0) {
    out.line('          env:');
    for (const [key, value] of service.environment)
      out.line(`            - { name: ${JSON.stringify(key)}, ${variable(key, value, name)} }`);
  }
  if (containerPorts.length === 0) return;
  out.line('          ports:');
  for (const port of containerPorts) {
    out.marked('            - containerPort: ', port.container, placeOf(port));
    if (port.protocol !== 'TCP') out.line(`              protocol: ${port.protocol}`);
  }
  out.line('---');
  out.line('apiVersion: v1');
  out.line('kind: Service');
  out.line('metadata:');
  out.marked('  name: ', name, nameAt);
  out.line('spec:');
  out.line('  selector:');
  out.line(`    app: ${name}`);
  out.line('  ports:');
  for (const port of servicePorts(service.ports)) {
    out.line(`    - name: ${port.of.protocol.toLowerCase()}-${port.number}`);
    out.marked('      port: ', port.number, placeOf(port.of));
    out.marked('      targetPort: ', port.of.container, placeOf(port.of));
    if (port.of.protocol !== 'TCP') out.line(`      protocol: ${port.of.protocol}`);
  }
}

/** What a name says is a secret goes into none of the texts that people print and keep. */
const variable = (key: string, value: string, name: string): string =>
  isSecretName(key) && !key.endsWith('_FILE')
    ? `valueFrom: { secretKeyRef: { name: ${name}, key: ${JSON.stringify(key)} } }`
    : `value: ${JSON.stringify(value)}`;

export const placeOf = ({ source, node: { start, end } }: PlacedPort): Location => ({ source, start, end });

const onePerContainerPort = (ports: readonly PlacedPort[]): PlacedPort[] => [
  ...new Map(ports.map((port) => [`${port.protocol} ${port.container}`, port])).values(),
];

interface ServicePortOf {
  readonly number: number;
  readonly of: PlacedPort;
}

/** Other services use the container's number; who came by the machine used the machine's, where it is free. */
function servicePorts(ports: readonly PlacedPort[]): ServicePortOf[] {
  const all = new Map<string, ServicePortOf>();
  const add = (number: number, of: PlacedPort): void => {
    const key = `${of.protocol} ${number}`;
    if (!all.has(key)) all.set(key, { number, of });
  };
  for (const of of ports) add(of.container, of);
  for (const of of ports) if (of.host !== undefined) add(of.host, of);
  return [...all.values()];
}

/** What each number of a port is, for a person. */
function explain({ written, host, container, isPublished }: ComposePort, name: string): string {
  if (!isPublished)
    return `${written}: other services use ${name}:${container}; nothing of the machine leads there`;
  const by =
    host === undefined ? 'a port of the machine that the engine picks' : `the machine's port ${host}`;
  return `${written}: ${by} leads to port ${container} of the container; other services use ${name}:${container}`;
}
