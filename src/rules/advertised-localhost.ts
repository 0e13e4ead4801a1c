import { endsOf } from '../graph/links/ends.ts';
import { describe } from '../model/describe.ts';
import { type AdvertisedLocalhost, advertisedLocalhost } from '../questions/clients/advertised-localhost.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const advertisedLocalhostRule: Rule = defineRule({
  id: 'advertised-localhost',
  severity: 'warning',
  summary: 'A program tells its clients to come back to localhost, and other Pods dial it.',

  *check(graph) {
    for (const found of advertisedLocalhost(graph)) {
      const { container, setting } = found;
      yield { field: `containers[${container.name}].${setting}`, ...told(found) };
    }
  },
});

function told(found: AdvertisedLocalhost): Omit<Report, 'field'> {
  const { workload, setting, at, host } = found;
  const label = { at, message: 'each client takes this for itself' };
  if (found.to === 'members')
    return {
      message: `each Pod of ${describe(workload)} tells the others by \`${setting}\` to find it at ${host}`,
      resources: [workload],
      labels: [
        { at, message: 'each takes this for itself' },
        ...(workload.replicas ? [{ at: workload.replicas.at, message: 'several Pods' }] : []),
      ],
      notes: [
        'a member is dialled at the address that it publishes; at localhost every other one finds itself',
      ],
      help: ['publish the address of the Pod, such as `_site_`, or leave it out'],
    };
  if (found.to === 'registry')
    return {
      message: `${describe(workload)} registers by \`${setting}\` as ${host} at \`${found.registry}\``,
      resources: [workload],
      labels: [label],
      notes: [
        'who asks the registry for it is sent to this address, which is the own Pod of whoever dials it',
      ],
      help: [
        'register the address of the Pod: `eureka.instance.prefer-ip-address=true`, without a host name',
      ],
    };
  const { client, service } = found;
  const dialled = endsOf(client).from.at;
  return {
    message: `${describe(workload)} tells its clients by \`${setting}\` to come back to ${host}, and ${describe(client.client)} dials it through ${describe(service)}`,
    resources: [workload, service],
    labels: [label, ...(dialled ? [{ at: dialled, message: 'dials from another Pod' }] : [])],
    notes: [
      'the first connection is answered, and with it comes this address; the client dials it next, in its own Pod, where nothing listens',
    ],
    help: [
      `advertise what the clients dial: \`${service.name}\` from its namespace, \`${service.name}.${service.namespace}.svc\` from others`,
    ],
  };
}

export default advertisedLocalhostRule;
