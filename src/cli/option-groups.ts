import { Option } from 'commander';

export const several = (value: string, before: readonly string[]): string[] => [...before, value];

/** What is read, and what of it counts. */
export const inputOptions = (): Option[] => [
  new Option('-f, --filename <path>', 'a path, as kubectl has it (repeatable)')
    .default([], 'none')
    .argParser(several),
  new Option(
    '-n, --namespace <name>',
    'namespace of objects that name none, and the one of a cluster that is looked at (default: default)',
  ),
  new Option(
    '--set-dir <dir>',
    'a folder that is applied by itself (repeatable); found by themselves when left out',
  )
    .default([], 'none')
    .argParser(several),
  new Option(
    '--no-ignores',
    'read all files of the folders and count all findings, whatever .gitignore, .portolanignore, annotations and comments say',
  ),
];

export const configurationOptions = (): Option[] => [
  new Option(
    '--config <file>',
    'configuration file (default: portolan.config.yaml, .yml or .json, or the key `portolan` of package.json, the nearest one upwards to the root of the repository)',
  ),
  new Option('--no-config', 'read no configuration file'),
];

/** Where images say what they listen on. */
export const imageOptions = (): Option[] => [
  new Option('--dockerfile <image=path>', 'the Dockerfile that builds an image (repeatable)')
    .default([], 'those beside the manifests that are plainly meant')
    .argParser(several),
  new Option('--image-archive <path>', 'a folder in OCI layout or a tar of `docker save` (repeatable)')
    .default([], 'none')
    .argParser(several),
  new Option(
    '--images',
    'ask registries what images say of themselves; no request is made without it',
  ).default(false),
  new Option('--insecure-registry <host>', 'a registry that speaks HTTP without TLS (repeatable)')
    .default([], 'none')
    .argParser(several),
];

/** How what is not applied as it is written is built. */
export const renderingOptions = (): Option[] => [
  new Option('-k, --kustomize <dir>', 'build this folder as a kustomization, as kubectl has it (repeatable)')
    .default([], 'those that are found')
    .argParser(several),
  new Option('--chart <dir>', 'render this folder as a Helm chart (repeatable)')
    .default([], 'those that are found')
    .argParser(several),
  new Option('--raw', 'build nothing: read every file as it is written').default(false),
  new Option('--values <file>', 'values for the charts, as helm has it (repeatable)')
    .default([], "the chart's own")
    .argParser(several),
  new Option('--set <key=value>', 'one value for the charts, as helm has it (repeatable)')
    .default([], 'none')
    .argParser(several),
  new Option('--release <name>', 'name of the release (default: the name of the chart)'),
  new Option('--kube-version <version>', 'Kubernetes version that charts are rendered for'),
  new Option('--api-versions <list>', 'API versions that charts find in the cluster (repeatable)')
    .default([], 'none')
    .argParser(several),
  new Option('--allow-remote', 'let renderers fetch bases and charts from elsewhere').default(false),
];
