import type { PortGraph } from '../../graph/links/port-graph.ts';
import { LARGEST_VALUE } from '../../model/largest-object.ts';
import type { Container, Workload } from '../../model/model.ts';
import { valuesHolding } from '../../process/environment/values-holding.ts';
import type { Located } from '../../text/source.ts';

/** A text that a ConfigMap or a Secret puts into a container. */
export interface MountedText {
  readonly text: Located<string>;
  readonly key: string;
  readonly kind: 'ConfigMap' | 'Secret';
  /** `ConfigMap shop/web`. */
  readonly holder: string;
}

/**
 * Those of the objects of the input that hold something, but for what is too large to be looked through.
 *
 * @param hint the same pattern for all containers
 */
export function* mountedTexts(
  { namespace, template }: Workload,
  container: Container,
  { model }: PortGraph,
  hint: RegExp,
): Generator<MountedText> {
  // Many mounts may show a file each of one volume.
  const mounted = new Set(container.mounts.map(({ volume }) => volume));
  if (mounted.size === 0) return;
  const volumes = new Map(template.volumes.toReversed().map((one) => [one.name, one]));
  for (const name of mounted) {
    const sources = volumes.get(name)?.sources ?? [];
    for (const { kind, name: object } of sources) {
      if (kind !== 'ConfigMap' && kind !== 'Secret') continue;
      const held =
        kind === 'ConfigMap' ? model.configMap(namespace, object) : model.secret(namespace, object);
      for (const [key, text] of held ? valuesHolding(held, hint) : []) {
        if (text.value.length <= LARGEST_VALUE)
          yield { text, key, kind, holder: `${kind} ${namespace}/${object}` };
      }
    }
  }
}
