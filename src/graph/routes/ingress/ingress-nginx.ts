import type { Container, Workload } from '../../../model/model.ts';
import type { Model } from '../../../model/resource-set.ts';

/** A container of the input that runs an ingress controller of the family of ingress-nginx. */
export interface NginxContainer {
  readonly workload: Workload;
  readonly container: Container;
}

/** The images of ingress-nginx, from its first registry to the present one. */
const IMAGE = /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller)(?:-chroot)?(?:[:@]|$)/;

export const nginxContainers = (model: Model): NginxContainer[] =>
  model.workloads.flatMap((workload) =>
    workload.template.containers
      .filter(({ image }) => IMAGE.test(image?.value ?? ''))
      .map((container) => ({ workload, container })),
  );

/** What a flag is given, `true` where it stands alone; `$(POD_NAMESPACE)` is the namespace of the workload. */
export function flagOf({ workload, container }: NginxContainer, flag: string): string | undefined {
  for (const { value } of [...(container.command ?? []), ...(container.args ?? [])]) {
    const [name, said = 'true'] = value.trim().split('=', 2);
    if (name === `--${flag}`) return said.replaceAll('$(POD_NAMESPACE)', workload.namespace);
  }
  return undefined;
}
