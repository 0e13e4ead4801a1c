import { endsOf } from '../graph/links/ends.ts';
import { describe } from '../model/describe.ts';
import { advertisedLocalhost } from '../questions/clients/advertised-localhost.ts';
import { defineRule, type Rule } from './rule.ts';

const advertisedLocalhostRule: Rule = defineRule({
  id: 'advertised-localhost',
  severity: 'warning',
  summary: 'A program tells its clients to come back to localhost, and other Pods dial it.',

  *check(graph) {
    for (const { workload, container, service, client, setting, at, host } of advertisedLocalhost(graph)) {
      const dialled = endsOf(client).from.at;
      yield {
        message: `${describe(workload)} tells its clients by \`${setting}\` to come back to ${host}, and ${describe(client.client)} dials it through ${describe(service)}`,
        resources: [workload, service],
        field: `containers[${container.name}].${setting}`,
        labels: [
          { at, message: 'each client takes this for itself' },
          ...(dialled ? [{ at: dialled, message: 'dials from another Pod' }] : []),
        ],
        notes: [
          'the first connection is answered, and with it comes this address; the client dials it next, in its own Pod, where nothing listens',
        ],
        help: [
          `advertise what the clients dial: \`${service.name}\` from its namespace, \`${service.name}.${service.namespace}.svc\` from others`,
        ],
      };
    }
  },
});

export default advertisedLocalhostRule;
