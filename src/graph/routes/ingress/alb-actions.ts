import type { Ingress } from '../../../model/ingress.ts';
import type { Service } from '../../../model/model.ts';
import { isPortNumber } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend } from '../../../model/route.ts';
import { insideScalar } from '../../../text/inside-scalar.ts';
import { Located } from '../../../text/source.ts';
import type { RouteController } from '../../links/controller.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import {
  type AskedBackend,
  type BackendVerdict,
  backendLink,
  followBackend,
} from '../backends/follow-backend.ts';

const PREFIX = 'alb.ingress.kubernetes.io/';

/** The annotation that defines an action of this name. */
export const actionAnnotation = (name: string): string => `${PREFIX}actions.${name}`;

/**
 * The AWS Load Balancer Controller takes the port name `use-annotation` to mean that the Service's name is that of an
 * action, which an annotation defines (magicServicePortUseAnnotation of its pkg/ingress/enhanced_backend_builder.go).
 */
export const isAction = ({ portName }: Backend, { name, certain }: RouteController): boolean =>
  portName?.value === 'use-annotation' && (name === 'aws-alb' || !certain);

/** Follows an action to the Services that it forwards to; one that answers by itself is whole. */
export function resolveAction(
  model: Model,
  asked: AskedBackend,
  resolvePort: (backend: Backend) => Parameters<typeof followBackend>[2],
): BackendLinks {
  const name = asked.backend.service?.value ?? '';
  const annotation = asked.route.annotations.get(actionAnnotation(name));
  const link = (verdict: BackendVerdict): BackendLinks => [backendLink(asked, verdict)];
  if (!annotation) {
    const sought = actionAnnotation(name);
    return asked.controller.name === 'aws-alb' && asked.controller.certain
      ? link({
          ...broken('no-action', { annotation: sought }),
          fault: 'no-action',
        })
      : link(unproved('action', { annotation: sought }));
  }
  // Each backend that names an action reads it.
  if (!model.budget.allows(annotation.value.length, asked.route)) {
    return link(unproved('too-many', { of: 'actions' }));
  }
  const type = actionType(annotation.value);
  if (type === 'redirect' || type === 'fixed-response') {
    return link(whole('answers-itself', { action: type }));
  }
  const targets = type === 'forward' ? model.budget.first(targetsOf(annotation), asked.route) : [];
  return targets.length > 0
    ? targets.flatMap((target, index) => {
        const backend = { ...asked.backend, ...target };
        const field = `metadata.annotations[${actionAnnotation(name)}].targetGroups[${index}]`;
        return followBackend(model, { ...asked, backend, field }, resolvePort(backend));
      })
    : link(unproved('action-forwards'));
}

type BackendLinks = ReturnType<typeof followBackend>;

/** Keys are read in any case: the documentation itself writes `Type` and `type`. */
function actionType(text: string): string | undefined {
  try {
    const action: unknown = JSON.parse(text);
    if (typeof action !== 'object' || action === null) return undefined;
    const [, type] = Object.entries(action).find(([key]) => key.toLowerCase() === 'type') ?? [];
    return typeof type === 'string' ? type : undefined;
  } catch {
    return undefined;
  }
}

/** Target groups that are Services, in their order; a number in quotes is a number to the controller. */
function targetsOf(
  annotation: Located<string>,
): Pick<Backend, 'service' | 'portNumber' | 'portName' | 'at'>[] {
  const placeOf = insideScalar(annotation);
  const placed = (pattern: RegExp): Located<string>[] =>
    Array.from(annotation.value.matchAll(pattern), ({ 0: all, 1: value = '', index }) => {
      const from = index + all.length - value.length;
      const { source, start, end } = placeOf(from, from + value.length);
      return new Located(value, source, start, end);
    });
  const services = placed(/"serviceName"\s*:\s*"([^"]+)/gi);
  const ports = placed(/"servicePort"\s*:\s*"?([\w-]+)/gi);
  if (services.length !== ports.length) return [];
  return services.map((service, index) => {
    const port = ports[index]!;
    const number = Number(port.value);
    return isPortNumber(number)
      ? {
          service,
          at: service.at,
          portName: undefined,
          portNumber: new Located(number, port.source, port.start, port.end),
        }
      : { service, at: service.at, portName: port, portNumber: undefined };
  });
}

/** The ports that a load balancer of AWS listens on, as the Ingress asks for them; undefined where it does not. */
export function albPorts({ annotations }: Ingress): number[] | undefined {
  const asked = annotations.get(`${PREFIX}listen-ports`)?.value;
  if (asked === undefined) return annotations.has(`${PREFIX}certificate-arn`) ? [443] : undefined;
  const ports = Array.from(asked.matchAll(/"HTTPS?"\s*:\s*(\d+)/g), ([, number]) => Number(number));
  return ports.length > 0 ? ports.filter(isPortNumber) : undefined;
}

/** The annotation by which an AWS load balancer sends traffic to nodes; that of the Service goes first. */
export function instanceTarget(ingress: Ingress, service: Service): Located<string> | undefined {
  const name = `${PREFIX}target-type`;
  const said = service.annotations.get(name) ?? ingress.annotations.get(name);
  return said?.value === 'instance' ? said : undefined;
}
