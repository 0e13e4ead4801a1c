import { describe, qualify } from '../model/describe.ts';
import { type LocalhostAddress, localhostAddresses } from '../questions/clients/localhost-addresses.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const localhostClient: Rule = defineRule({
  id: 'localhost-client',
  severity: 'warning',
  summary:
    'A container dials localhost on a port that nothing in its Pod has, and a Service of the input does.',

  *check(graph) {
    for (const found of localhostAddresses(graph)) yield report(found);
  },
});

function report({
  workload,
  container,
  setting,
  at,
  from,
  secret,
  host: dialled,
  number,
  service,
  servicePort,
}: LocalhostAddress): Report {
  const host =
    service.namespace === workload.namespace ? service.name : `${service.name}.${service.namespace}`;
  const holds = secret
    ? `\`${setting}\` from ${from} holds an address on localhost, port ${number}`
    : `\`${setting}\` from ${from} says ${dialled.includes(':') && !dialled.startsWith('[') ? `[${dialled}]` : dialled}:${number}`;
  return {
    message: `${holds}, and nothing in ${describe(workload)} is known to listen there; ${describe(service)} has port ${number}`,
    resources: [workload, service],
    field: `containers[${container.name}].${setting}`,
    labels: [
      { at, message: `dials the Pod of \`${container.name}\` itself` },
      {
        at: (servicePort.port ?? servicePort).at,
        message: `this port of Service ${qualify(service.namespace, service.name)}`,
      },
    ],
    notes: [
      'localhost inside a container is its own Pod, whose containers share it; other Pods are reached through their Services',
    ],
    help: [`dial \`${host}:${number}\`, unless a container of the Pod listens there`],
  };
}

export default localhostClient;
