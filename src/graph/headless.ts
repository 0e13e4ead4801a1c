import { isHeadless } from '../model/headless.ts';
import type { Service, ServicePort } from '../model/model.ts';
import type { Model } from '../model/resource-set.ts';
import { clientTexts } from './clients/texts.ts';
import type { MonitorLink } from './links/caller-links.ts';
import { unproved } from './links/lacks/lacking.ts';
import type { BindLink } from './links/pod-links.ts';
import type { BackendLink } from './links/route-links.ts';
import type { TargetPortLink } from './links/service-links.ts';

/**
 * A headless Service gives the addresses of its Pods, whatever its ports say (S-043). Only who reads its endpoints
 * takes a port from them: a route's controller, a scraper, a client that asks DNS for an SRV record. Without one of
 * those in the input, a port that leads nowhere stands in nobody's way.
 */
export function settleHeadless(
  model: Model,
  backends: readonly BackendLink[],
  monitors: readonly MonitorLink[],
): {
  targetPorts(links: readonly TargetPortLink[]): readonly TargetPortLink[];
  binds(links: readonly BindLink[]): readonly BindLink[];
} {
  if (!model.services.some(isHeadless)) return { targetPorts: (links) => links, binds: (links) => links };
  const used = new Set<ServicePort>(
    [...backends, ...monitors].flatMap(({ service, servicePort }) =>
      service && servicePort && isHeadless(service) ? servicePort : [],
    ),
  );
  const isUsed = ({ service, servicePort }: TargetPortLink): boolean =>
    !isHeadless(service) || used.has(servicePort) || isAskedOfDns(model, service, servicePort);
  return {
    targetPorts: (links) =>
      links.map((link) =>
        link.state === 'broken' && !isUsed(link) ? { ...link, ...unproved('headless') } : link,
      ),
    // Who dials the Pods finds a socket of their loopback closed, whatever port they take.
    binds: (links) =>
      links.map((link) =>
        link.state === 'broken' &&
        link.listener?.bind !== 'loopback' &&
        link.from.length > 0 &&
        !link.from.some(isUsed)
          ? { ...link, ...unproved('headless') }
          : link,
      ),
  };
}

/** Kept for each set: the texts are many, and hardly one holds such a name. */
const asked = new WeakMap<Model, readonly string[]>();

/** `_follower._tcp.zoo-headless`, as some clients and most cluster members look for each other. */
function isAskedOfDns(model: Model, { name: service }: Service, { name }: ServicePort): boolean {
  if (!name) return false;
  let texts = asked.get(model);
  if (!texts) {
    texts = [...clientTexts(model, (value) => /\._(?:tcp|udp)\./.test(value))].map(({ text }) => text.value);
    asked.set(model, texts);
  }
  return texts.some((text) => text.includes(`_${name.value}._`) && text.includes(`.${service}`));
}
