import { endsOf } from '../graph/links/ends.ts';
import type { BackendLink } from '../graph/links/route-links.ts';
import { sendTo } from '../model/backend-edits.ts';
import { describe } from '../model/describe.ts';
import type { ServicePort } from '../model/model.ts';
import type { Backend } from '../model/route.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const controllerDependentBackend: Rule = defineRule({
  id: 'controller-dependent-backend',
  severity: 'warning',
  summary: 'An Ingress sends traffic to a port that few controllers take for one of the Service.',

  *check(graph) {
    for (const link of graph.backends) {
      const { route, backend, service, byTargetPort: taken } = link;
      if (link.state === 'broken' || !service || !taken) continue;
      const name = link.controller.name === 'haproxy-ingress' ? 'haproxy-ingress' : 'ingress-nginx';
      const asked = backend.portNumber ?? backend.portName!;
      const shown = backend.portName ? `\`${asked.value}\`` : `${asked.value}`;
      const passedOver = passedOverBy(link);
      const isTarget = taken.targetPort?.value === asked.value;
      const what = isTarget
        ? `the targetPort of port ${taken.port?.value}`
        : `the name of port ${taken.port?.value}`;
      yield {
        message: passedOver
          ? `${describe(route)} sends traffic to port ${shown} of ${describe(service)}, and ${name} takes port ${taken.port?.value} for it, as ${shown} is ${isTarget ? 'its targetPort' : 'its name'}`
          : `${describe(route)} sends traffic to ${shown}, ${what} of ${describe(service)}, which ${name} accepts and most controllers do not`,
        resources: [route, service],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: asked.at, message: passedOver ? 'not the port that is used' : 'no port of the Service' },
          {
            at: ((isTarget ? taken.targetPort : taken.name) ?? taken).at,
            message: passedOver ? `${name} finds this one first` : `what ${name} finds`,
          },
          ...(passedOver?.port ? [{ at: passedOver.port.at, message: 'most controllers' }] : []),
        ],
        notes: [
          `${HOW[name]}; Kubernetes defines the number or the name, and most controllers find nothing else`,
          ...(link.controller.certain
            ? []
            : [
                link.controller.name === 'unknown'
                  ? 'which controller serves this Ingress, the input does not say'
                  : `that ${name} serves this Ingress is taken from the name of the class alone`,
              ]),
        ],
        help: passedOver ? ['give the Service ports targetPorts and names that are no port of it'] : [],
        fixes: passedOver ? [] : fixesTo(taken, backend),
      };
    }
  },
});

/** How the lenient ones look for a port (S-125). */
const HOW = {
  'ingress-nginx':
    'ingress-nginx compares the port with the number, the targetPort and the name of one Service port after the other',
  'haproxy-ingress':
    'haproxy-ingress looks for a name or targetPort that reads the same before it looks for a number',
} as const;

/** The port that has the number or name as Kubernetes defines it, behind one that ingress-nginx finds first (S-126). */
function passedOverBy({ backend, service }: BackendLink): ServicePort | undefined {
  return service?.ports.find((port) =>
    backend.portName
      ? port.name?.value === backend.portName.value
      : port.port?.value === backend.portNumber?.value,
  );
}

function fixesTo(meant: ServicePort, backend: Backend): Fix[] {
  const change = sendTo(backend, meant);
  return change
    ? [{ title: `send it to port ${change.port}`, applicability: 'unsafe', edits: change.edits }]
    : [];
}

export default controllerDependentBackend;
