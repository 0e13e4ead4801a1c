import type { ImageFact } from '../knowledge/image-fact.ts';
import { withFacts } from '../knowledge/lookup.ts';
import { decode } from '../model/decode.ts';
import type { ImageConfig } from '../model/image-config.ts';
import type { Container, PodTemplate } from '../model/model.ts';
import { resourceSet } from '../model/resource-set.ts';
import type { SourceFile } from '../text/source.ts';
import { readYaml } from '../text/yaml.ts';
import { buildEnvironment, type Environment } from './environment/environment.ts';
import type { ContainerProcess } from './listeners/container-process.ts';
import { processOf } from './listening.ts';

export interface Told {
  readonly container: Container;
  readonly template: PodTemplate;
  readonly environment: Environment;
  /** Names to values, `?` for a value that is not known. */
  readonly values: Readonly<Record<string, string>>;
  readonly process: ContainerProcess;
  /** Each listener as `80/TCP`, with `loopback` behind it. */
  readonly open: readonly string[];
}

/** What is known of the first container of the first workload in real manifests, with facts that go before the table. */
export function told(text: string, image?: ImageConfig, facts: readonly ImageFact[] = []): Told {
  const source: SourceFile = { path: 'shop.yaml', kind: 'file', text, editable: true };
  const { documents, errors } = readYaml(text);
  if (errors.length > 0) throw new Error(errors[0]!.message);
  const resources = documents.flatMap(({ root }) => (root ? decode(source, root, 'shop') : []));
  const model = resourceSet('', resources);
  const template = model.workloads[0]!.template;
  const container = template.containers[0]!;
  const lookup = {
    configMap: (name: string) => model.configMap('shop', name),
    secret: (name: string) => model.secret('shop', name),
    services: (name: string) => model.servicesNamed('shop', name),
  };
  const environment = buildEnvironment(container, template, lookup, image);
  const process = processOf(container, template, environment, { facts: withFacts(facts), objects: lookup });
  return {
    container,
    template,
    environment,
    values: Object.fromEntries(
      environment.variables.where(() => true).map(({ name, value }) => [name, value ?? '?']),
    ),
    process,
    open: process.listeners.map(
      ({ port, protocol, bind }) => `${port}/${protocol}${bind === 'all' ? '' : ` ${bind}`}`,
    ),
  };
}

/** A Pod of one container, `web`, whose fields are given as a flow mapping's inside: `image: nginx, args: [-v]`. */
export const pod = (container: string, spec = '', metadata = ''): string =>
  `apiVersion: v1
kind: Pod
metadata: { name: web${metadata && `, ${metadata}`} }
spec: { containers: [{ name: web, ${container} }]${spec && `, ${spec}`} }
`;

export const configMap = (name: string, data: string, more = ''): string =>
  `---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data: { ${data} }
${more}
`;

export const secret = (name: string, stringData: string): string =>
  `---
apiVersion: v1
kind: Secret
metadata: { name: ${name} }
stringData: { ${stringData} }
`;

/** A Service of namespace shop; `ports` and `spec` are a flow list's and a flow mapping's inside. */
export const service = (name: string, ports: string, spec = ''): string =>
  `---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { ports: [${ports}]${spec && `, ${spec}`} }
`;

/** What an image says of itself, complete unless told otherwise. */
export const imageConfig = (config: Partial<ImageConfig> = {}): ImageConfig => ({
  from: 'Dockerfile',
  env: new Map(),
  entrypoint: undefined,
  cmd: undefined,
  user: undefined,
  exposed: [],
  complete: true,
  base: undefined,
  ...config,
});

/** Facts about an image `shop`, which listens on 80 and reads PORT, as far as they are not given. */
export const shopFact = (fact: Partial<ImageFact> = {}): ImageFact => ({
  id: 'shop',
  checked: '2026-11-29',
  match: ['shop'],
  ports: [
    {
      port: 80,
      protocol: 'TCP',
      role: 'main',
      moves: {
        env: [
          { name: 'PORT', form: 'port' },
          { name: 'HOST', form: 'host' },
        ],
        flags: [
          { name: '--port', form: 'port' },
          { name: '--host', form: 'host' },
        ],
      },
    },
  ],
  honoursPort: 'yes',
  variablesComplete: true,
  programs: ['shop'],
  configPaths: [],
  otherArgsHarmless: true,
  bind: 'all',
  status: 'verified',
  source: ['https://shop.example/'],
  notes: null,
  ...fact,
});
