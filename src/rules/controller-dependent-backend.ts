import { endsOf } from '../graph/ends.ts';
import type { BackendLink } from '../graph/link.ts';
import { sendTo } from '../model/backend-edits.ts';
import { describe } from '../model/describe.ts';
import type { ServicePort } from '../model/model.ts';
import type { Backend } from '../model/route.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const controllerDependentBackend: Rule = defineRule({
  id: 'controller-dependent-backend',
  severity: 'warning',
  summary: 'An Ingress sends traffic to a port that ingress-nginx alone takes for one of the Service.',

  *check(graph) {
    for (const link of graph.backends) {
      const { route, backend, service, byTargetPort: taken } = link;
      if (link.state === 'broken' || !service || !taken) continue;
      const asked = backend.portNumber ?? backend.portName!;
      const shown = backend.portName ? `\`${asked.value}\`` : `${asked.value}`;
      const passedOver = passedOverBy(link);
      const isTarget = taken.targetPort?.value === asked.value;
      const what = isTarget
        ? `the targetPort of port ${taken.port?.value}`
        : `the name of port ${taken.port?.value}`;
      yield {
        message: passedOver
          ? `${describe(route)} sends traffic to port ${shown} of ${describe(service)}, and ingress-nginx takes port ${taken.port?.value} for it, as ${shown} is ${isTarget ? 'its targetPort' : 'its name'}`
          : `${describe(route)} sends traffic to ${shown}, ${what} of ${describe(service)}, which ingress-nginx alone accepts`,
        resources: [route, service],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: asked.at, message: passedOver ? 'not the port that is used' : 'no port of the Service' },
          {
            at: ((isTarget ? taken.targetPort : taken.name) ?? taken).at,
            message: passedOver ? 'ingress-nginx finds this one first' : 'what ingress-nginx finds',
          },
          ...(passedOver?.port ? [{ at: passedOver.port.at, message: 'every other controller' }] : []),
        ],
        notes: [
          'ingress-nginx compares the port with the number, the targetPort and the name of one Service port after the other; Kubernetes defines the number or the name, and other controllers find nothing else',
          ...(link.controller.certain
            ? []
            : ['that ingress-nginx serves this Ingress is taken from the name of the class alone']),
        ],
        help: passedOver ? ['give the Service ports targetPorts and names that are no port of it'] : [],
        fixes: passedOver ? [] : fixesTo(taken, backend),
      };
    }
  },
});

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
