import { isIPv4, rangeFault } from '../../model/admission/values/addresses.ts';
import type { Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import { isPrivateAddress } from '../policies/address-block.ts';
import type { OutsideHost } from '../policies/outside.ts';
import { servicesMeant } from './host-name.ts';

/**
 * Ends of names that are the Internet's. Whoever gives a namespace a name like `dev`, `app` or `cloud` has Services
 * that end so, and these are left out.
 */
const INTERNET =
  /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|co|eu|us|uk|de|fr|nl|es|it|ch|at|be|se|no|dk|fi|pl|pt|cz|ru|ua|ca|au|nz|jp|cn|kr|in|br|mx|sg|hk|za)$/;
/** Zones that companies and clusters keep for themselves. */
const OWN_ZONE = /(?:^|\.)(?:internal|local|lan|svc|cluster|consul|corp|intra)(?:\.|$)/;

/**
 * Undefined where a host may be in the cluster: a Service of another namespace, which the input need not have, a name
 * of the Pod's own `/etc/hosts`, one that a route of the input serves. An ExternalName is the host that it names.
 */
export function outsideHost(host: string, workload: Workload, model: Model): OutsideHost | undefined {
  if (workload.template.ownHosts.includes(host)) return undefined;
  if (!model.budget.allows(model.services.length + model.routes.length, workload)) return undefined;
  const services = servicesMeant(host, workload.namespace).flatMap(({ namespace, service }) =>
    model.servicesNamed(namespace, service),
  );
  if (services.length > 0) {
    const [name, ...others] = new Set(services.map(({ externalName }) => externalName?.value));
    if (name === undefined || others.length > 0) return undefined;
    return outsideName(name.toLowerCase(), model);
  }
  if (isIPv4(host)) return outsideAddress(host, model);
  return outsideName(host, model);
}

function outsideAddress(address: string, model: Model): OutsideHost | undefined {
  if (rangeFault(address) !== undefined) return undefined;
  const isService = model.services.some(({ clusterIP }) => clusterIP?.value === address);
  return isService ? undefined : { is: 'address', address, isPrivate: isPrivateAddress(address) };
}

function outsideName(name: string, model: Model): OutsideHost | undefined {
  if (!INTERNET.test(name) || OWN_ZONE.test(name)) return undefined;
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (model.services.some(({ namespace }) => namespace === last)) return undefined;
  const isServed = model.routes.some(({ rules }) =>
    rules.some(({ hosts }) => hosts.some(({ value }) => value === name)),
  );
  return isServed ? undefined : { is: 'name', name };
}
