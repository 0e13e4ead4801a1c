import { serviceMakerNear } from '../graph/services/service-makers.ts';
import { describe } from '../model/describe.ts';
import { defineRule, type Rule } from './rule.ts';

const orphanedService: Rule = defineRule({
  id: 'orphaned-service',
  severity: 'warning',
  summary: 'A Service has no selector, and the input has no endpoints for it.',

  *check(graph) {
    const served = new Set(
      graph.model.endpoints.flatMap(({ namespace, serviceName }) =>
        serviceName === undefined ? [] : [`${namespace}/${serviceName}`],
      ),
    );
    for (const service of graph.model.services) {
      if (service.selector.size > 0 || service.type?.value === 'ExternalName' || service.outside) continue;
      if (served.has(`${service.namespace}/${service.name}`)) continue;
      // Its operator may fill it: Rook does that for the dashboard of a cluster.
      if (serviceMakerNear(graph.model, service)) continue;
      const unlabelled = graph.model.endpoints.find(
        (one) =>
          one.namespace === service.namespace &&
          one.serviceName === undefined &&
          one.name.startsWith(service.name),
      );
      yield {
        message: `${describe(service)} has no selector and no endpoints in the input, so traffic to it goes nowhere`,
        resources: unlabelled ? [service, unlabelled] : [service],
        field: 'spec.selector',
        labels: [
          { at: service.nameAt, message: 'selects no Pods' },
          ...(unlabelled
            ? [
                {
                  at: unlabelled.nameAt,
                  message: 'lacks the label kubernetes.io/service-name, so no Service uses it',
                },
              ]
            : []),
        ],
        notes: [
          'Kubernetes makes endpoints only for a Service with a selector; without one they come from an Endpoints object of the same name or an EndpointSlice with the label kubernetes.io/service-name',
        ],
        help: ['give the Service a selector, or apply its endpoints with it'],
      };
    }
  },
});

export default orphanedService;
