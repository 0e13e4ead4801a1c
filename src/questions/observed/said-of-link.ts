import type { Link } from '../../graph/links/link.ts';
import { describe } from '../../model/describe.ts';
import { portNumber } from '../../model/ports.ts';
import { PROBE_NAMES } from '../processes/probe-names.ts';

/** What the manifests say where a link stands, as the first half of a sentence: Service `shop/web` forwards port 80 to 3005. */
export function saidOf(link: Link): string {
  switch (link.kind) {
    case 'parent':
      return `${describe(link.route)} attaches to ${link.parent ? describe(link.parent) : 'its parent'}`;
    case 'backend': {
      const { holder, backend, service } = link;
      const port = backend.portNumber?.value ?? backend.portName?.value;
      const target = service ? describe(service) : `Service \`${String(backend.service?.value ?? '?')}\``;
      return `${describe(holder)} sends requests to ${target}${port === undefined ? '' : `, port ${port}`}`;
    }
    case 'selector':
      return `${describe(link.service)} selects ${link.workload ? describe(link.workload) : 'Pods'}`;
    case 'target-port': {
      const { service, servicePort } = link;
      const wanted = servicePort.targetPort?.value;
      const target = link.through === 'selector' ? (link.number ?? wanted) : undefined;
      const shown = typeof target === 'string' ? `\`${target}\`` : target;
      return `${describe(service)} forwards port ${servicePort.port?.value ?? '?'}${shown === undefined ? '' : ` to ${shown}`}`;
    }
    case 'bind':
      return `traffic is sent to port ${link.number}/${link.protocol} of ${describe(link.workload)}`;
    case 'probe': {
      const { probe, container, workload } = link;
      const port = typeof probe.port.value === 'string' ? `\`${probe.port.value}\`` : link.number;
      return `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} dials ${port ?? 'a port'}`;
    }
    case 'host':
      return link.field === 'hostPort'
        ? `${describe(link.workload)} takes port ${portNumber(link.containerPort.hostPort) ?? '?'} of its node`
        : `${describe(link.service)} takes nodePort ${portNumber(link.servicePort.nodePort) ?? '?'}`;
    case 'policy':
      return `${describe(link.policy)} is about ${describe(link.workload)}`;
    case 'client':
      return `${describe(link.client)} dials ${link.address}`;
    case 'monitor':
      return `${describe(link.monitor)} scrapes its targets`;
    case 'webhook':
      return `${describe(link.webhook)} is called through its Service`;
    case 'config':
      return `container \`${link.container.name}\` of ${describe(link.workload)} reads ${link.objectKind} \`${link.objectName}\``;
  }
}
