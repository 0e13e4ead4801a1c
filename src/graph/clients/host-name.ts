/** What a host name asks cluster DNS for. */
export interface ServiceHost {
  readonly service: string;
  readonly namespace: string;
  /** The Pod of a StatefulSet, before the Service that governs it: `db-0` of `db-0.db.shop.svc`. */
  readonly pod: string | undefined;
}

const CLUSTER_DOMAIN = /\.svc(?:\.cluster\.local)?$/;

/**
 * Every Service that a host name can mean inside a Pod, as the resolver tries them: `api` in the Pod's own namespace,
 * `api.shop`, `api.shop.svc`, `api.shop.svc.cluster.local`, and the same behind a Pod's name (S-182). A name with a
 * dot may as well be one of the Internet's; only a Service of the input tells.
 */
export function servicesMeant(host: string, namespace: string): ServiceHost[] {
  const inCluster = CLUSTER_DOMAIN.test(host);
  const [first = '', second, third, ...more] = host.replace(CLUSTER_DOMAIN, '').split('.');
  if (first === '' || more.length > 0) return [];
  if (second === undefined) return inCluster ? [] : [{ service: first, namespace, pod: undefined }];
  if (third !== undefined) return [{ service: second, namespace: third, pod: first }];
  return [
    { service: first, namespace: second, pod: undefined },
    ...(inCluster ? [] : [{ service: second, namespace, pod: first }]),
  ];
}
