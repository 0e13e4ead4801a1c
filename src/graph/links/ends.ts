import type { Ends } from './end.ts';
import type { Link } from './link.ts';
import { hostPortEnds, nodePortEnds } from './node-ends.ts';
import { bindEnds, configEnds, probeEnds } from './pod-ends.ts';
import { backendEnds } from './route-ends.ts';
import { endpointEnds, selectorEnds, targetPortEnds } from './service-ends.ts';

/** The two ends of a link. Links hold what they are about; this words it for reports. */
export function endsOf(link: Link): Ends {
  switch (link.kind) {
    case 'parent':
    case 'policy':
    case 'client':
    case 'monitor':
    case 'webhook':
      return link;
    case 'backend':
      return backendEnds(link);
    case 'selector':
      return selectorEnds(link);
    case 'target-port':
      return link.through === 'selector' ? targetPortEnds(link) : endpointEnds(link);
    case 'bind':
      return bindEnds(link);
    case 'probe':
      return probeEnds(link);
    case 'host':
      return link.field === 'hostPort' ? hostPortEnds(link) : nodePortEnds(link);
    case 'config':
      return configEnds(link);
  }
}
