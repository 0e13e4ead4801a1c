import type { BindLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { parseImage } from '../../knowledge/image-reference.ts';
import type { ComposeMapping } from '../../model/compose-mapping.ts';
import type { Container } from '../../model/model.ts';

/**
 * What compose says of the port that traffic is sent to, where that is the number on the machine, and the process is in
 * the container on another. Compose is believed against what is not known; never against what is.
 */
export function carriedHostPort(
  { settings }: Pick<PortGraph, 'settings'>,
  link: BindLink,
): ComposeMapping | undefined {
  const { state, number, protocol, container, workload } = link;
  if (state === 'whole' || !container || workload.source.kind === 'compose') return undefined;
  const image = nameOf(container.image?.value);
  if (image === undefined) return undefined;
  const own = settings.composeMappings.filter(
    (one) => one.protocol === protocol && nameOf(one.image) === image,
  );
  // Another compose file, or another service of it, has the process there.
  if (own.some((one) => one.container === number)) return undefined;
  if (state === 'unproved' && isMentioned(container, number)) return undefined;
  return own.find(({ host }) => host === number);
}

const nameOf = (image: string | undefined): string | undefined =>
  image === undefined ? undefined : parseImage(image)?.name;

/** Whether a setting of the container may have moved the process there. */
function isMentioned({ env, envFrom, command = [], args = [] }: Container, number: number): boolean {
  if (envFrom.length > 0) return true;
  const texts = [...env.flatMap(({ value }) => value ?? []), ...command, ...args];
  return (
    texts.some(({ value }) => value.includes(String(number))) ||
    env.some(
      ({ name, valueFrom }) => valueFrom !== undefined && /port|addr|listen|bind|url/i.test(name.value),
    )
  );
}
