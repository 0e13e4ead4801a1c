import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import type { VolumeItem, VolumeSource } from '../model.ts';
import { get, isTrue, mapsIn } from '../reader.ts';

const KINDS = { configMap: 'ConfigMap', secret: 'Secret' } as const;

/** What `holder` says under `field` of one ConfigMap or Secret. */
export function sourceOf(holder: YamlNode, field: keyof typeof KINDS, name: string): VolumeSource {
  const node = get(holder, field);
  const items = mapsIn(node, 'items').map((item) => ({
    key: textIn(item, 'key'),
    path: textIn(item, 'path'),
  }));
  return {
    kind: KINDS[field],
    name,
    // An empty list is as good as none (KeyToPath in k8s.io/api core/v1 types.go).
    items: items.length > 0 ? items : undefined,
    optional: isTrue(node, 'optional'),
  };
}

/** One entry of `projected.sources`. A Secret's field is `name` there, not `secretName`. */
export function projectedSources(source: YamlMap): VolumeSource[] {
  return source.entries.map(({ key, value }) =>
    key === 'configMap' || key === 'secret'
      ? sourceOf(source, key, textIn(value, 'name'))
      : { kind: 'other', name: key, items: pathsIn(value), optional: false },
  );
}

/** `serviceAccountToken` and `clusterTrustBundle` make one file, `downwardAPI` one for each item. */
function pathsIn(node: YamlNode): VolumeItem[] | undefined {
  const paths = [node, ...mapsIn(node, 'items')].map((holder) => textIn(holder, 'path'));
  const items = paths.filter((path) => path !== '').map((path) => ({ key: '', path }));
  return items.length > 0 ? items : undefined;
}

function textIn(node: YamlNode, key: string): string {
  const value = get(node, key);
  return value?.type === 'scalar' && value.value !== null ? value.text : '';
}
