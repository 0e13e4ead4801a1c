import type { KindDecoder } from '../kind.ts';
import { readMetadata } from './metadata.ts';

/** Settings of a chart that k3s brings along, such as Traefik: seen here, they show what kind of cluster it is. */
export const HELM_CHARTS: readonly KindDecoder[] = [
  {
    kind: 'HelmChartConfig',
    groups: ['helm.cattle.io'],
    links: [],
    decode: (read, root, namespace) => ({
      ...readMetadata(read, root, namespace),
      shape: 'bare',
      kind: 'HelmChartConfig',
    }),
  },
];
