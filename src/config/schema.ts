import * as z from 'zod';
import { SPEECHES } from '../knowledge/speech.ts';
import { KIND_DECODERS } from '../model/decode.ts';
import { isSecretName } from '../text/secrets/secret-names.ts';
import type { Config } from './config.ts';

const port = z.int().min(1).max(65_535);
const protocol = z.enum(['TCP', 'UDP', 'SCTP']);
const name = z.string().min(1);
const bind = z.enum(['all', 'loopback', 'hostname', 'ipv6']);
const about = (description: string): { readonly description: string } => ({ description });

const form = z.enum(['port', 'address', 'host', 'list']).default('port');
const setting = z.union([name, z.strictObject({ name, form })]);
const flagName = z.string().regex(/^--?[^-=\s][^=\s]*$/, 'a flag such as --port');
const flag = z.union([flagName, z.strictObject({ name: flagName, form })]);

const imagePort = z.strictObject({
  port,
  protocol: protocol.default('TCP'),
  role: name.default('main'),
  speaks: z.enum(SPEECHES).optional().meta(about('What it speaks, where that is not HTTP without TLS')),
  bind: bind.optional(),
  env: z.array(setting).default([]).meta(about('Variables that move it; later ones win')),
  flags: z.array(flag).default([]).meta(about('Flags that move it; they win over variables')),
});

const imageName = z.string().regex(/^(?:[^@]*\/)?[^/:@]+$/, 'an image name without tag and digest');

const image = z.strictObject({
  match: z
    .union([imageName, z.array(imageName).min(1)])
    .meta(about('Image names without tag and digest, as manifests write them')),
  ports: z.array(z.union([port, imagePort])).meta(about('Ports of the image as shipped, the main one first')),
  bind: bind.default('all').meta(about('The addresses it listens on')),
  programs: z.array(name).default([]).meta(about('Names of its program in `command`')),
  otherArgsHarmless: z
    .boolean()
    .default(true)
    .meta(about('Whether no argument besides the flags of `ports` can move a port')),
  otherVariables: z
    .array(name)
    .default([])
    .meta(about('Variables that can move a port in a way that cannot be said here')),
  configPaths: z
    .array(z.string().startsWith('/', 'a path that begins with /'))
    .default([])
    .meta(about('Files or folders whose replacement by a mount can move a port')),
  notes: name.optional(),
});

const service = z.strictObject({
  name: name.meta(about('Name of the Service; `*` for every Service of the namespace')),
  namespace: name.default('default'),
  ports: z
    .array(
      z.union([port, z.strictObject({ name: name.optional(), port, protocol: protocol.default('TCP') })]),
    )
    .optional()
    .meta(about('Its ports; when left out, any port may be there')),
});

const path = z
  .string()
  .regex(/^[^.[\]]+(\[\])?(\.[^.[\]]+(\[\])?)*$/, 'keys with dots between, such as spec.backend.name')
  .refine(
    (keys) => !keys.split('.').some((key) => isSecretName(key) || /^(?:data|stringData)$/.test(key)),
    'the path of a field that holds no secret',
  )
  .meta(about('Keys with dots between, such as spec.backend.name; [] behind the key of a list'));

const kind = z
  .strictObject({
    kind: name,
    group: z
      .string()
      .regex(/^[^/]*$/, 'an API group without the version, such as acme.dev')
      .default('')
      .meta(about('API group, without the version')),
    at: path.optional().meta(about('The map, or with [] the maps, in which the other paths start')),
    service: path,
    port: path.optional(),
    namespace: path.optional(),
    host: path.optional(),
  })
  // A configuration may come from a pull request: it says more, and never that less is looked at.
  .refine(({ kind: own, group }) => !isBuiltIn(own, group), {
    path: ['kind'],
    error: 'a kind that portolan does not follow by itself (`portolan explain kinds`)',
  });

const isBuiltIn = (own: string, group: string): boolean =>
  KIND_DECODERS.some(({ kind: known, groups }) => known === own && groups.includes(group));

const CONTROLLERS: readonly Config['controllers'][string][] = [
  'ingress-nginx',
  'f5-nginx',
  'traefik',
  'haproxy',
  'haproxy-ingress',
  'aws-alb',
  'gke',
  'contour',
  'istio',
  'openshift',
  'other',
];

/** Kubernetes' YAML takes the word `off` for `false`. */
const level = z.literal(['error', 'warning', 'info', 'off', false]);
const patterns = z.array(name).min(1).meta(about('Paths as a .gitignore beside this file has them'));

function isRange(text: string): boolean {
  const [first = 0, last = 0] = text.split('-').map(Number);
  return first >= 1 && first <= last && last <= 65_535;
}

/** What portolan.config.yaml may say: data only, as it is read from pull requests that nobody has reviewed. */
export const configSchema: z.ZodType<Config> = z
  .strictObject({
    $schema: z.string().optional(),
    images: z.array(image).default([]).meta(about('What images listen on')),
    services: z.array(service).default([]).meta(about('Services that live outside the input')),
    controllers: z
      .record(name, z.enum(CONTROLLERS))
      .default({})
      .meta(about('Which controller serves an Ingress class, by the name of the class')),
    kinds: z
      .array(kind)
      .default([])
      .meta(about('Custom resources that send traffic to a Service, and where they say so')),
    nodePorts: z
      .string()
      .regex(/^\d{1,5}-\d{1,5}$/, { error: 'two port numbers such as 30000-32767', abort: true })
      .refine(isRange, 'two port numbers from 1 to 65535, the lower one first')
      .default('30000-32767')
      .meta(about('The range of nodePorts of the cluster, both ends included')),
    rules: z
      .record(
        name,
        z.union([
          level,
          z.array(z.strictObject({ paths: patterns, severity: level, reason: name.optional() })),
        ]),
      )
      .default({})
      .meta(
        about('What findings of a rule count as, everywhere or for some paths; the last that fits counts'),
      ),
    failOn: z
      .enum(['error', 'warning', 'info', 'never'])
      .optional()
      .meta(about('The least severity that fails; --fail-on wins')),
    exclude: z
      .array(name)
      .default([])
      .meta(about('Files and folders that are not read, as a .gitignore beside this file has them')),
  })
  .meta({ title: 'portolan.config.yaml' });

/** The same as a JSON Schema, for editors and for the names of keys. */
export const configJsonSchema = (): JsonSchema => z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;

export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
}
