import type { ImageBuild } from '../../model/image-build.ts';
import { isSecretName } from '../../text/secrets/secret-names.ts';
import type { Location, SourceFile } from '../../text/source.ts';
import { dnsLabel } from '../dns-label.ts';
import type { ComposeMount } from './mounts.ts';
import type { ComposePort } from './ports.ts';
import { type KnownPorts, type ReachedPort, reachedPorts } from './reached-ports.ts';
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

/**
 * The chain of Kubernetes that is equal to each compose service: a Deployment, and a Service where it has ports or
 * others name one. What shares the network of a service is another container of its Pod.
 */
export function toManifests({ services, source }: ComposeProject, knownPorts: KnownPorts): Manifests {
  const writer = new Writer();
  const isOwn = (one: ComposeService): boolean => ownerOf(one, services) === undefined;
  for (const service of services.filter(isOwn)) {
    const sharing = services.filter((one) => ownerOf(one, services) === service);
    const reached = [service, ...sharing].flatMap((one) => reachedPorts(one, services, knownPorts));
    writePod([service, ...sharing], reached, source, writer);
  }
  return { text: writer.text, marks: writer.marks };
}

/** The service in whose network it is. */
export function ownerOf(
  { network }: ComposeService,
  services: readonly ComposeService[],
): ComposeService | undefined {
  const owner = network?.of === 'service' ? services.find(({ name }) => name === network.name) : undefined;
  return owner?.network === undefined ? owner : undefined;
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

/** @param services the one whose network it is, and those that share it */
function writePod(
  services: readonly [ComposeService, ...ComposeService[]],
  reached: readonly ReachedPort[],
  source: SourceFile,
  out: Writer,
): void {
  const [service] = services;
  const nameAt = { source, start: service.nameNode.start, end: service.nameNode.end };
  const name = kubernetesName(service.name);
  const ports = services.flatMap((one) => one.ports);
  const isOfMachine = service.network?.of === 'machine';
  const volumes = services.flatMap((one) => one.mounts.map((mount, at) => volumeOf(mount, at, one)));
  for (const { configMap, files } of volumes) if (configMap) writeConfigMap(configMap, files, out);
  out.line('---');
  if (isOfMachine)
    out.line('# `network_mode: host`: its ports are those of the machine, and `ports` says nothing');
  else if (ports.length === 0 && reached.length === 0)
    out.line(
      '# no `ports` and no `expose`: other services reach whatever it listens on; `expose` would say which',
    );
  if (!isOfMachine)
    for (const port of ports) out.line(`# ${explain(port, service.name).replace(/[\r\n]/g, ' ')}`);
  for (const written of isOfMachine ? [] : services.flatMap(({ wide }) => wide))
    out.line(
      `# ${oneLine(written)}: left out; a Service names each port, and for ranges as wide as this Kubernetes has \`hostNetwork: true\``,
    );
  for (const { container, by } of reached)
    out.line(
      `# ${oneLine(service.name)}:${container}: ${by === undefined ? 'what the image is known for' : `${oneLine(by)} uses it`}`,
    );
  for (const { build } of services) if (build) out.line(`# ${oneLine(builtFrom(build))}`);
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
  if (isOfMachine) out.line('      hostNetwork: true');
  // Compose gives no variables of other services, and Kubernetes' own may be in the way (`REDIS_PORT=tcp://…`).
  out.line('      enableServiceLinks: false');
  if (volumes.length > 0) {
    out.line('      volumes:');
    for (const { name, configMap, path } of volumes)
      out.line(
        `        - { name: ${name}, ${configMap === undefined ? `hostPath: { path: ${JSON.stringify(path)} }` : `configMap: { name: ${configMap} }`} }`,
      );
  }
  out.line('      containers:');
  const unsaid = isOfMachine ? [] : unsaidOf(reached, ports);
  for (const one of services)
    writeContainer(one, isOfMachine ? [] : one.ports, one === service ? unsaid : [], out);
  const numbers = servicePorts(ports, reached);
  if (isOfMachine || numbers.length === 0) return;
  out.line('---');
  out.line('apiVersion: v1');
  out.line('kind: Service');
  out.line('metadata:');
  out.marked('  name: ', name, nameAt);
  out.line('spec:');
  out.line('  selector:');
  out.line(`    app: ${name}`);
  out.line('  ports:');
  for (const { number, container, protocol, at } of numbers) {
    out.line(`    - name: ${protocol.toLowerCase()}-${number}`);
    out.marked('      port: ', number, at ?? nameAt);
    out.marked('      targetPort: ', container, at ?? nameAt);
    if (protocol !== 'TCP') out.line(`      protocol: ${protocol}`);
  }
}

/** @param unsaid TCP ports that no service of the Pod says */
function writeContainer(
  service: ComposeService,
  ports: readonly PlacedPort[],
  unsaid: readonly number[],
  out: Writer,
): void {
  const name = kubernetesName(service.name);
  out.line(`        - name: ${name}`);
  const image = JSON.stringify(service.image);
  if (service.imageAt) out.marked('          image: ', image, service.imageAt);
  else out.line(`          image: ${image}`);
  if (service.entrypoint) out.line(`          command: ${JSON.stringify(service.entrypoint)}`);
  if (service.command) out.line(`          args: ${JSON.stringify(service.command)}`);
  if (service.environment.size > 0) {
    out.line('          env:');
    for (const [key, value] of service.environment)
      out.line(`            - { name: ${JSON.stringify(key)}, ${variable(key, value, name)} }`);
  }
  if (service.mounts.length > 0) {
    out.line('          volumeMounts:');
    for (const [at, mount] of service.mounts.entries()) {
      const { name, files } = volumeOf(mount, at, service);
      const [only] = mount.isFile ? files.keys() : [];
      const subPath = only === undefined ? '' : `, subPath: ${JSON.stringify(only)}`;
      out.line(`            - { name: ${name}, mountPath: ${JSON.stringify(mount.target)}${subPath} }`);
    }
  }
  const containerPorts = onePerContainerPort(ports);
  if (containerPorts.length + unsaid.length === 0) return;
  out.line('          ports:');
  for (const port of containerPorts) {
    out.marked('            - containerPort: ', port.container, placeOf(port));
    if (port.protocol !== 'TCP') out.line(`              protocol: ${port.protocol}`);
  }
  for (const number of unsaid) out.line(`            - containerPort: ${number}`);
}

interface Volume {
  readonly name: string;
  readonly configMap: string | undefined;
  readonly files: ReadonlyMap<string, string>;
  /** On the machine, where the files are not said here. */
  readonly path: string;
}

/** Files are put into a ConfigMap; what is more than that is left on the machine. */
function volumeOf({ files, source }: ComposeMount, at: number, { name }: ComposeService): Volume {
  const own = dnsLabel(`${name}-${at}`, 63, 'files');
  return {
    name: own,
    configMap: files && own,
    files: files ?? new Map(),
    path: source.startsWith('/') ? source : `/${source.replace(/^(?:[.~]+\/*)+/, '')}`,
  };
}

function writeConfigMap(name: string, files: ReadonlyMap<string, string>, out: Writer): void {
  out.line('---');
  out.line('apiVersion: v1');
  out.line('kind: ConfigMap');
  out.line('metadata:');
  out.line(`  name: ${name}`);
  out.line('data:');
  for (const [file, text] of files) out.line(`  ${JSON.stringify(file)}: ${JSON.stringify(text)}`);
}

/** The manifests alone do not say what is in an image. */
const builtFrom = ({ image, source: { path }, target }: ImageBuild): string =>
  `${image}: built from ${path}${target === undefined ? '' : `, stage ${target}`}; elsewhere \`--dockerfile ${image}=${path}\` says so`;

const oneLine = (text: string): string => text.replace(/[\r\n]/g, ' ');

/** What a name says is a secret goes into none of the texts that people print and keep. */
const variable = (key: string, value: string, name: string): string =>
  isSecretName(key) && !key.endsWith('_FILE')
    ? `valueFrom: { secretKeyRef: { name: ${name}, key: ${JSON.stringify(key)} } }`
    : `value: ${JSON.stringify(value)}`;

export const placeOf = ({ source, node: { start, end } }: PlacedPort): Location => ({ source, start, end });

function unsaidOf(reached: readonly ReachedPort[], ports: readonly PlacedPort[]): number[] {
  const said = new Set(ports.flatMap((one) => (one.protocol === 'TCP' ? [one.container] : [])));
  return [...new Set(reached.map(({ container }) => container))].filter((number) => !said.has(number));
}

const onePerContainerPort = (ports: readonly PlacedPort[]): PlacedPort[] => [
  ...new Map(ports.map((port) => [`${port.protocol} ${port.container}`, port])).values(),
];

interface ServicePort {
  readonly number: number;
  readonly container: number;
  readonly protocol: ComposePort['protocol'];
  /** Where it is said; undefined where it is not. */
  readonly at: Location | undefined;
}

/** Other services use the container's number; who came by the machine used the machine's, where it is free. */
function servicePorts(ports: readonly PlacedPort[], reached: readonly ReachedPort[]): ServicePort[] {
  const all = new Map<string, ServicePort>();
  const add = (number: number, container: number, protocol: ComposePort['protocol'], at?: Location): void => {
    const key = `${protocol} ${number}`;
    if (!all.has(key)) all.set(key, { number, container, protocol, at });
  };
  for (const port of ports) add(port.container, port.container, port.protocol, placeOf(port));
  for (const { container } of reached) add(container, container, 'TCP');
  for (const port of ports)
    if (port.host !== undefined) add(port.host, port.container, port.protocol, placeOf(port));
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
