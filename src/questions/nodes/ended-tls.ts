import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Service, ServicePort } from '../../model/model.ts';
import type { Located } from '../../text/source.ts';
import { understoodAt } from '../routes/backend-protocols.ts';
import type { Speech } from '../routes/speech.ts';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
export const BACKEND_PROTOCOL: string = `${PREFIX}backend-protocol`;

/** A port of a Service behind a load balancer of AWS that ends TLS, whose Pods understand something else. */
export interface SpokenByLoadBalancer {
  readonly service: Service;
  readonly servicePort: ServicePort;
  readonly certificate: Located<string>;
  /** What the load balancer is asked to speak to the Pods. */
  readonly asked: Located<string> | undefined;
  /** Whether it speaks without TLS. */
  readonly plain: boolean;
  readonly backend: Speech;
}

/**
 * With a certificate, the ports of `ssl-ports`, or all of them, end TLS at the load balancer; only the words `ssl` and
 * `https` make it speak TLS to the Pods (the annotations of cloud-provider-aws and of the AWS Load Balancer Controller).
 */
export function* spokenByLoadBalancers(graph: PortGraph): Generator<SpokenByLoadBalancer> {
  const services = graph.model.services.filter(
    ({ type, annotations }) => type?.value === 'LoadBalancer' && annotations.has(`${PREFIX}ssl-cert`),
  );
  if (services.length === 0) return;
  const understood = understoodAt(graph);
  for (const service of services) {
    const { annotations } = service;
    const certificate = annotations.get(`${PREFIX}ssl-cert`)!;
    const asked = annotations.get(BACKEND_PROTOCOL);
    const plain = !/^(?:ssl|https)$/i.test(asked?.value.trim() ?? '');
    for (const servicePort of service.ports) {
      if (!endsTls(servicePort, annotations.get(`${PREFIX}ssl-ports`))) continue;
      const backend = understood(service, servicePort);
      // What a Service port is called may be meant for its clients.
      if (!backend || !CERTAIN.has(backend.ground.is)) continue;
      if (backend.protocol !== (plain ? 'HTTPS' : 'HTTP')) continue;
      yield { service, servicePort, certificate, asked, plain, backend };
    }
  }
}

const CERTAIN: ReadonlySet<Speech['ground']['is']> = new Set(['speaks', 'redirects', 'pod-port-name']);

/** Names and numbers of Service ports; none, or `*`, for all. */
function endsTls({ name, port }: ServicePort, listed: Located<string> | undefined): boolean {
  const words = (listed?.value ?? '*').split(',').map((one) => one.trim());
  return words.some((one) => one === '*' || one === name?.value || one === String(port?.value));
}
