import type { YamlNode } from '../../text/yaml-node.ts';
import type { HealthCheck } from '../health-check.ts';
import type { KindDecoder } from '../kind.ts';
import { get, type Reader } from '../reader.ts';
import { readMetadata } from './metadata.ts';

const decodeBackendConfig = (read: Reader, root: YamlNode, namespace: string): HealthCheck => ({
  ...readMetadata(read, root, namespace),
  shape: 'health-check',
  kind: 'BackendConfig',
  port: read.integer(get(root, 'spec', 'healthCheck'), 'port', 'spec.healthCheck.port'),
  field: 'spec.healthCheck.port',
  target: undefined,
});

/** The section is that of the type: `httpHealthCheck` of HTTP. A port of its own is asked unless it says another way. */
function decodeHealthCheckPolicy(read: Reader, root: YamlNode, namespace: string): HealthCheck {
  const config = get(root, 'spec', 'default', 'config');
  const type = read.string(config, 'type', 'spec.default.config.type')?.value ?? '';
  const section = `${type.toLowerCase()}HealthCheck`;
  const settings = get(config, section);
  const field = `spec.default.config.${section}.port`;
  const way = read.string(settings, 'portSpecification', field)?.value;
  const target = get(root, 'spec', 'targetRef');
  const isService = read.string(target, 'kind', 'spec.targetRef.kind')?.value === 'Service';
  return {
    ...readMetadata(read, root, namespace),
    shape: 'health-check',
    kind: 'HealthCheckPolicy',
    port: way === undefined || way === 'USE_FIXED_PORT' ? read.integer(settings, 'port', field) : undefined,
    field,
    target: isService ? read.string(target, 'name', 'spec.targetRef.name') : undefined,
  };
}

export const GKE: readonly KindDecoder[] = [
  { kind: 'BackendConfig', groups: ['cloud.google.com'], links: [], decode: decodeBackendConfig },
  { kind: 'HealthCheckPolicy', groups: ['networking.gke.io'], links: [], decode: decodeHealthCheckPolicy },
];
