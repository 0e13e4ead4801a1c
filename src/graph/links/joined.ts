import type { Resource } from '../../model/model.ts';
import type { Link } from './link.ts';

/** The resources of a link's two ends, outside in, for who needs no words for them: the same as `endsOf` gives. */
export function resourcesOf(link: Link): Resource[] {
  const [from, to] = pairOf(link);
  return to ? [from, to] : [from];
}

function pairOf(link: Link): readonly [from: Resource, to: Resource | undefined] {
  switch (link.kind) {
    case 'parent':
    case 'policy':
    case 'client':
    case 'monitor':
    case 'webhook':
      return [link.from.resource, link.to?.resource];
    case 'backend':
      return [link.holder, link.service ?? link.delegate];
    case 'selector':
      return [link.service, link.workload];
    case 'target-port':
      return [link.service, link.through === 'selector' ? link.workload : link.endpoints];
    case 'bind':
      return [link.workload, link.listener && link.workload];
    case 'probe':
      return [link.workload, link.number === undefined ? undefined : link.workload];
    case 'host':
      return link.field === 'hostPort' ? [link.workload, link.workload] : [link.service, link.service];
    case 'config':
      return [link.workload, link.object];
  }
}
