import type { ConfigMap, Service, Workload } from '../../../model/model.ts';
import { isPortNumber } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';
import { selects } from '../../../model/selector.ts';
import { insideScalar } from '../../../text/inside-scalar.ts';
import { Located } from '../../../text/source.ts';
import type { RouteController } from '../../links/controller.ts';

/** A ConfigMap that tells an ingress controller which further ports to open, and for which Services (S-135). */
export interface StreamMap {
  readonly configMap: ConfigMap;
  readonly protocol: 'TCP' | 'UDP';
  readonly controller: RouteController;
  /** The controller's workload; undefined where a name alone says what the ConfigMap is for. */
  readonly workload: Workload | undefined;
  /** The Services in front of that workload. */
  readonly services: readonly Service[];
}

/** `"5432": "db/pg:5432"`: a port of the controller and the Service port behind it. */
export interface StreamEntry {
  /** The port that clients dial, with the place of the value. */
  readonly port: Located<number>;
  readonly namespace: Located<string>;
  readonly service: Located<string>;
  readonly servicePort: Located<string>;
}

const BY_NAME: ReadonlyMap<string, StreamMap['protocol']> = new Map([
  ['tcp-services', 'TCP'],
  ['udp-services', 'UDP'],
]);
const FLAG = /^--(tcp|udp)-services-configmap=(?:([^/]+)\/)?(\S+)$/;

/** Found by the flags of a controller, else by the names that ingress-nginx gives them. */
export function streamMaps(model: Model): StreamMap[] {
  const flagged = model.workloads.flatMap((workload) => byFlags(model, workload));
  const known = new Set(flagged.map(({ configMap }) => configMap));
  const named = model.configMaps.flatMap((configMap): StreamMap[] => {
    const protocol = BY_NAME.get(configMap.name);
    if (!protocol || known.has(configMap)) return [];
    const controller: RouteController = { name: 'ingress-nginx', certain: false, className: undefined };
    return [{ configMap, protocol, controller, workload: undefined, services: [] }];
  });
  return [...flagged, ...named];
}

function byFlags(model: Model, workload: Workload): StreamMap[] {
  return workload.template.containers.flatMap(({ image, command = [], args = [] }) =>
    [...command, ...args].flatMap((word): StreamMap[] => {
      const [, kind, namespace = workload.namespace, name = ''] = FLAG.exec(word.value.trim()) ?? [];
      if (!kind) return [];
      const place = namespace.replace('$(POD_NAMESPACE)', workload.namespace);
      const configMap = model.configMap(place, name);
      if (!configMap) return [];
      const family = /haproxy/.test(image?.value ?? '') ? 'haproxy-ingress' : 'ingress-nginx';
      return [
        {
          configMap,
          protocol: kind === 'udp' ? 'UDP' : 'TCP',
          controller: { name: family, certain: true, className: undefined },
          workload,
          services: model
            .servicesIn(workload.namespace)
            .filter(({ selector, type }) => type?.value !== 'ExternalName' && selects(selector, workload)),
        },
      ];
    }),
  );
}

const ENTRY = /^\s*([^/:\s]+)\/([^/:\s]+):([^/:\s]+)(?::|\s*$)/;

/** Keys that are no number are left out by the controller. */
export function entriesOf({ configMap }: StreamMap): StreamEntry[] {
  return [...configMap.data].flatMap(([key, value]): StreamEntry[] => {
    const match = ENTRY.exec(value.value);
    const number = Number(key);
    if (!match || !/^\d+$/.test(key) || !isPortNumber(number)) return [];
    const placeOf = insideScalar(value);
    let from = 0;
    const [namespace, service, servicePort] = match.slice(1).map((part) => {
      const start = value.value.indexOf(part, from);
      from = start + part.length;
      const place = placeOf(start, from);
      return new Located(part, place.source, place.start, place.end);
    }) as [Located<string>, Located<string>, Located<string>];
    const port = new Located(number, value.source, value.start, value.end);
    return [{ port, namespace, service, servicePort }];
  });
}
