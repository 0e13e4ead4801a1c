import type { Link } from '../link.ts';
import type { Disagreement } from '../stated.ts';
import { inBackend } from './in-backends.ts';
import { inCaller } from './in-callers.ts';
import { inHost } from './in-nodes.ts';
import { inParent } from './in-parents.ts';
import { inBind, inConfig, inProbe } from './in-pods.ts';
import { inSelector, inTargetPort } from './in-services.ts';

/** None where the ports at the ends say it all, and for links that are not broken. */
export function disagreementsOf(link: Link): readonly Disagreement[] {
  if (link.state !== 'broken') return [];
  switch (link.kind) {
    case 'parent':
      return inParent(link);
    case 'backend':
      return inBackend(link);
    case 'host':
      return inHost(link);
    case 'selector':
      return inSelector(link);
    case 'target-port':
      return inTargetPort(link);
    case 'bind':
      return inBind(link);
    case 'probe':
      return inProbe(link);
    case 'config':
      return inConfig(link);
    case 'client':
    case 'monitor':
    case 'webhook':
    case 'policy':
      return inCaller(link);
  }
}
