import { Option } from 'commander';
import { several } from './option-groups.ts';

/** kubectl's own flags, for whatever asks a cluster; what they say is read in `cluster-arguments.ts`. */
export const clusterOptions = (): Option[] => [
  new Option(
    '--kubeconfig <file>',
    'kubeconfig (default: $KUBECONFIG, ~/.kube/config, the own service account)',
  ),
  new Option('--context <name>', 'context of the kubeconfig (default: the current one)'),
  new Option('--as <user>', 'whom to act as in the cluster'),
  new Option('--as-group <group>', 'a group to act as (repeatable)').default([], 'none').argParser(several),
  new Option(
    '--request-timeout <time>',
    'of each request to the cluster: 30, 30s, 2m, 0 for none (default: 30s)',
  ),
  new Option('--parallel <number>', 'requests to the cluster at once, at most (default: 4)'),
];

export const clusterSourceOptions = (): Option[] => [
  new Option('--cluster', 'check what a cluster has; paths then say who wrote it').default(false),
  new Option('-A, --all-namespaces', 'all namespaces of the cluster').default(false),
  new Option(
    '-l, --selector <labels>',
    'only Services, routes and workloads of the cluster with these labels',
  ),
  new Option('--no-secrets', 'ask the cluster for no Secret, also where one may hold a port'),
  ...clusterOptions(),
];
