import { trimEndOf } from '../../text/trim-end.ts';
import type { ComposePort } from './ports.ts';
import type { ComposeService } from './read-compose.ts';

/** A piece of a text with the node of the compose file that it says again. */
export interface Marked {
  readonly start: number;
  readonly end: number;
  readonly node: { readonly start: number; readonly end: number };
}

export interface Manifests {
  readonly text: string;
  readonly marks: readonly Marked[];
}

/** The chain of Kubernetes that is equal to each compose service: a Deployment, and a Service where it has ports. */
export function toManifests(services: readonly ComposeService[]): Manifests {
  const writer = new Writer();
  for (const service of services) writeService(service, writer);
  return { text: writer.text, marks: writer.marks };
}

class Writer {
  text = '';
  readonly marks: Marked[] = [];

  line(text: string): void {
    this.text += `${text}\n`;
  }

  /** A line whose value is said by a node of the compose file. */
  marked(before: string, value: string | number, node: Marked['node']): void {
    const start = this.text.length + before.length;
    this.text += `${before}${value}\n`;
    this.marks.push({ start, end: start + String(value).length, node });
  }
}

const MOST_NAME = 63;

/** As a DNS label (RFC 1123). */
export const kubernetesName = (name: string): string => {
  const words = name.toLowerCase().split(/[^a-z0-9]/);
  return (
    trimEndOf(
      words
        .filter((word) => word !== '')
        .join('-')
        .slice(0, MOST_NAME),
      '-',
    ) || 'service'
  );
};

function writeService(service: ComposeService, out: Writer): void {
  const name = kubernetesName(service.name);
  const containerPorts = onePerContainerPort(service.ports);
  out.line('---');
  for (const port of service.ports) out.line(`# ${explain(port, service.name).replace(/[\r\n]/g, ' ')}`);
  out.line('apiVersion: apps/v1');
  out.line('kind: Deployment');
  out.line('metadata:');
  out.marked('  name: ', name, service.nameNode);
  out.line('spec:');
  out.line('  selector:');
  out.line('    matchLabels:');
  out.line(`      app: ${name}`);
  out.line('  template:');
  out.line('    metadata:');
  out.line('      labels:');
  out.line(`        app: ${name}`);
  out.line('    spec:');
  out.line('      containers:');
  out.line(`        - name: ${name}`);
  const image = JSON.stringify(service.image ?? name);
  if (service.imageNode) out.marked('          image: ', image, service.imageNode);
  else out.line(`          image: ${image}`);
  if (service.entrypoint) out.line(`          command: ${JSON.stringify(service.entrypoint)}`);
  if (service.command) out.line(`          args: ${JSON.stringify(service.command)}`);
  if (service.environment.size > 0) {
    out.line('          env:');
    for (const [key, value] of service.environment)
      out.line(`            - { name: ${JSON.stringify(key)}, value: ${JSON.stringify(value)} }`);
  }
  if (containerPorts.length === 0) return;
  out.line('          ports:');
  for (const port of containerPorts) {
    out.marked('            - containerPort: ', port.container, port.node);
    if (port.protocol !== 'TCP') out.line(`              protocol: ${port.protocol}`);
  }
  out.line('---');
  out.line('apiVersion: v1');
  out.line('kind: Service');
  out.line('metadata:');
  out.marked('  name: ', name, service.nameNode);
  out.line('spec:');
  out.line('  selector:');
  out.line(`    app: ${name}`);
  out.line('  ports:');
  for (const port of servicePorts(service.ports)) {
    out.line(`    - name: ${port.of.protocol.toLowerCase()}-${port.number}`);
    out.marked('      port: ', port.number, port.of.node);
    out.marked('      targetPort: ', port.of.container, port.of.node);
    if (port.of.protocol !== 'TCP') out.line(`      protocol: ${port.of.protocol}`);
  }
}

const onePerContainerPort = (ports: readonly ComposePort[]): ComposePort[] => [
  ...new Map(ports.map((port) => [`${port.protocol} ${port.container}`, port])).values(),
];

interface ServicePortOf {
  readonly number: number;
  readonly of: ComposePort;
}

/** Other services use the container's number; who came by the machine used the machine's, where it is free. */
function servicePorts(ports: readonly ComposePort[]): ServicePortOf[] {
  const all = new Map<string, ServicePortOf>();
  const add = (number: number, of: ComposePort): void => {
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
  const by = host === undefined ? 'a port that the engine picks' : `port ${host}`;
  return `${written}: the machine's ${by} leads to port ${container} of the container; other services use ${name}:${container}`;
}
