import { keyOf } from '../graph/links/end.ts';
import type { BindLink } from '../graph/links/pod-links.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { describe } from '../model/describe.ts';
import type { Service, Workload } from '../model/model.ts';
import type { KnownListener } from '../process/listeners/container-process.ts';
import { howKnown } from '../questions/processes/process-end.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { type Location, textOf } from '../text/source.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const addressFamilyMismatch: Rule = defineRule({
  id: 'address-family-mismatch',
  severity: 'warning',
  summary: 'A process listens for one family of IP addresses, and its Service is of the other.',

  *check(graph) {
    for (const link of graph.binds) {
      const { listener, process } = link;
      if (link.state !== 'whole' || !listener) continue;
      const takes = familyOf(listener, process?.fact);
      const sender = takes && sendersOf(link).find(({ service }) => lacks(service, takes));
      if (sender) yield report(link, listener, sender, takes);
    }
  },
});

type Family = 'IPv4' | 'IPv6';

/**
 * The only family that a socket takes; undefined for both. `[::]` takes IPv4 too in most programs, and not in nginx,
 * whose ipv6only is on.
 */
function familyOf({ bind, at }: KnownListener, fact: Process['fact']): Family | undefined {
  if (bind === 'ipv4') return 'IPv4';
  const isNginx = fact !== undefined && 'configFormat' in fact && fact.configFormat === 'nginx';
  return bind === 'ipv6' && isNginx && at && !textOf(at).includes('ipv6only=off') ? 'IPv6' : undefined;
}

type Process = NonNullable<BindLink['process']>;

/** A Service that names no family has that of the cluster, which most often is IPv4. */
const lacks = ({ ipFamilies }: Service, takes: Family): boolean =>
  takes === 'IPv4'
    ? ipFamilies.some(({ value }) => value === 'IPv6')
    : ipFamilies.length === 0 || ipFamilies.some(({ value }) => value === 'IPv4');

function report(link: BindLink, listener: KnownListener, sender: TargetPortLink, takes: Family): Report {
  const { workload, number } = link;
  const { service, servicePort } = sender;
  const other = takes === 'IPv4' ? 'IPv6' : 'IPv4';
  const family = service.ipFamilies.find(({ value }) => value === other);
  return {
    message: `${describe(workload)} listens on ${number} for ${takes} alone, and ${describe(service)} ${family ? `is of ${other}` : `names no family, which on most clusters is ${other}`}`,
    resources: [workload, service],
    field: `spec.ports[${keyOf(servicePort)}].ipFamilies`,
    link,
    labels: [
      { at: placeOf(workload, link, listener), message: `takes ${takes} alone` },
      {
        at: family?.at ?? sentFrom(sender),
        message: family ? `asks for ${other} too` : 'traffic is sent there from here',
      },
    ],
    notes: [
      howKnown(listener),
      takes === 'IPv4'
        ? 'an IPv6 Service leads to the IPv6 addresses of its Pods, where a socket of 0.0.0.0 is not'
        : 'nginx takes no IPv4 on [::] unless it is told ipv6only=off, and on a node without IPv6 it does not start at all',
    ],
    help: [
      takes === 'IPv4'
        ? 'listen on ::, which takes both families'
        : `listen on ${number} without an address as well`,
    ],
  };
}

const placeOf = (workload: Workload, { container }: BindLink, listener: KnownListener): Location =>
  listener.boundAt ?? listener.at ?? container?.image?.at ?? workload.nameAt;

export default addressFamilyMismatch;
