import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import { defineRule, type Rule } from './rule.ts';

const nodePortOutOfRange: Rule = defineRule({
  id: 'node-port-out-of-range',
  severity: 'error',
  summary: 'A nodePort lies outside the range of the API server, or the Service is of a type that has none.',
  ofAdmission: true,

  *check(graph) {
    for (const link of graph.nodePorts) {
      if (link.fault !== 'range' && link.fault !== 'type') continue;
      const { service, servicePort, fault } = link;
      const nodePort = servicePort.nodePort!;
      const outside = fault === 'range';
      yield {
        message: outside
          ? `${describe(service)} asks for nodePort ${nodePort.value}, which is not between 30000 and 32767`
          : `${describe(service)} asks for nodePort ${nodePort.value} and is no NodePort Service`,
        resources: [service],
        field: `spec.ports[${keyOf(servicePort)}].nodePort`,
        link,
        labels: [
          { at: nodePort.at, message: outside ? 'outside the range' : 'forbidden for a ClusterIP' },
          ...(outside ? [] : [{ at: service.type?.at ?? service.nameAt, message: 'type ClusterIP' }]),
        ],
        notes: [
          outside
            ? 'the API server refuses it: provided port is not in the valid range; the range is 30000-32767 unless the cluster is started with another --service-node-port-range'
            : "the API server refuses it: Forbidden: may not be used when `type` is 'ClusterIP'",
        ],
        help: [
          outside
            ? 'leave nodePort out to get a free one, or choose one from 30000 to 32767'
            : 'set `type: NodePort`, or leave nodePort out',
        ],
      };
    }
  },
});

export default nodePortOutOfRange;
