import type { Service, ServicePort } from '../../model/model.ts';
import { NONE } from '../../text/compact.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Hop } from '../links/chain.ts';
import type { BindLink, ConfigLink } from '../links/pod-links.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from '../links/service-links.ts';
import { bindFinder } from '../processes/bind-of.ts';

/** What traffic behind a Service port passes. */
export interface InnerLinks {
  readonly selectors: readonly SelectorLink[];
  readonly targetPorts: readonly TargetPortLink[];
  readonly endpointPorts: readonly EndpointLink[];
  readonly binds: readonly BindLink[];
  readonly configs: readonly ConfigLink[];
}

export type FollowInwards = (service: Service | undefined, port: ServicePort | undefined) => readonly Hop[];

/**
 * From a Service port inwards, one branch for each workload: the Pods, their port, the process and what feeds its
 * port. Followed once for each port, however many ways lead there: the ways share the branches.
 */
export function followInwards(links: InnerLinks): FollowInwards {
  const selectors = groupBy(links.selectors, ({ service }) => service);
  const targetPorts = groupBy(links.targetPorts, ({ servicePort }) => servicePort);
  const endpointPorts = groupBy(links.endpointPorts, ({ servicePort }) => servicePort);
  const bindOf = bindFinder(links);
  const feeding = feedingOf(links.configs);
  const known = new Map<ServicePort, readonly Hop[]>();

  const behind = (service: Service, port: ServicePort): Hop[] => {
    const targets = targetPorts.get(port) ?? [];
    // A Pod that lacks the name gets no endpoint for this port, so traffic takes the others (S-030).
    const reached = targets.filter(({ state }) => state !== 'broken');
    const taken = groupBy(reached.length > 0 ? reached : targets, ({ workload }) => workload);
    const toProcess = (target: TargetPortLink): Hop => {
      const bind = bindOf(target);
      return { link: target, next: bind ? [{ link: bind, next: feeding(bind) }] : NONE };
    };
    return [
      ...(selectors.get(service) ?? []).flatMap((selector): Hop[] => {
        const { workload } = selector;
        if (!workload) return [{ link: selector, next: NONE }];
        const own = taken.get(workload);
        return own ? [{ link: selector, next: own.map(toProcess) }] : [];
      }),
      ...(endpointPorts.get(port) ?? []).map((link): Hop => ({ link, next: NONE })),
    ];
  };
  return (service, port) => {
    if (!service || !port) return [];
    const hops = known.get(port) ?? behind(service, port);
    known.set(port, hops);
    return hops;
  };
}

/** The values that the number of a listener is read from, of all that its workload refers to. */
export function feedingOf(configs: readonly ConfigLink[]): (bind: BindLink) => Hop[] {
  const byWorkload = groupBy(configs, ({ workload }) => workload);
  return (bind) =>
    (byWorkload.get(bind.workload) ?? [])
      .filter((config) => feeds(config, bind))
      .map((link) => ({ link, next: NONE }));
}

/** Only the value that the listener's number is read from is part of the chain. */
function feeds(config: ConfigLink, { listener }: BindLink): boolean {
  const value = config.key === undefined ? undefined : config.object?.data.get(config.key);
  return (
    value !== undefined &&
    listener?.at !== undefined &&
    value.source === listener.at.source &&
    value.start === listener.at.start
  );
}
