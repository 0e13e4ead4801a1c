import { endsOf } from '../graph/links/ends.ts';
import { describe } from '../model/describe.ts';
import { isPlaceholder } from '../model/ports.ts';
import { PROBE_NAMES } from '../questions/processes/probe-names.ts';
import { defineRule, type Rule } from './rule.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/i;

const probeHost: Rule = defineRule({
  id: 'probe-host',
  severity: 'warning',
  summary: 'A probe or lifecycle hook says a host, so it dials that from the node instead of its Pod.',

  *check(graph) {
    for (const link of graph.probes) {
      const { workload, container, probe } = link;
      const { host } = probe;
      if (!host || host.value === '' || isPlaceholder(host) || probe.handler === 'grpc') continue;
      const isLoopback = LOOPBACK.test(host.value);
      // On the network of the node its loopback is the Pod's own.
      if (isLoopback && workload.template.hostNetwork) continue;
      yield {
        severity: isLoopback ? 'warning' : 'info',
        message: `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} dials host \`${host.value}\`, which is ${isLoopback ? "the node's loopback and not the Pod's" : 'not the Pod itself'}`,
        resources: [workload],
        field: endsOf(link).from.field.replace(/port$/, 'host'),
        link,
        labels: [
          { at: host.at, message: isLoopback ? "the node's own loopback" : 'dialled from the node' },
          { at: probe.port.at, message: 'on this port there' },
        ],
        notes: [
          'the kubelet dials this host from the network of the node; whether the container answers is not tested',
        ],
        help: [
          `leave \`host\` out: the Pod's own address is dialled then${probe.handler === 'httpGet' && !isLoopback ? '; a name for the request goes into `httpHeaders` as `Host`' : ''}`,
        ],
      };
    }
  },
});

export default probeHost;
