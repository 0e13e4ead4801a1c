import { endsOf } from '../graph/links/ends.ts';
import { wordLink } from '../graph/links/evidence.ts';
import type { BackendLink } from '../graph/links/route-links.ts';
import { describe } from '../model/describe.ts';
import { portNumber } from '../model/ports.ts';
import { insertField } from '../text/insert-field.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const missingBackendRefPort: Rule = defineRule({
  id: 'missing-backend-ref-port',
  severity: 'error',
  summary: 'A backend of a route gives no port where its API needs one.',
  ofAdmission: true,

  *check({ backends }) {
    for (const link of backends) {
      const { route, backend, service } = link;
      if (link.state !== 'broken' || link.fault !== 'no-port-given') continue;
      const name = backend.service?.value ?? '';
      yield {
        message: `${describe(route)} gives no port for ${service ? describe(service) : `Service \`${name}\``}`,
        resources: service ? [route, service] : [route],
        field: endsOf(link).from.field,
        link,
        labels: [{ at: (backend.service ?? backend).at, message: 'no port is given' }, ...portsOf(link)],
        notes: [
          isGatewayApi(link)
            ? 'the API server refuses it: Invalid value: Must have port for Service reference; only backends of other kinds do without'
            : wordLink(link),
        ],
        fixes: fixesFor(link),
      };
    }
  },
});

const isGatewayApi = ({ route }: BackendLink): boolean => route.api === 'gateway-api';

const portsOf = ({ service }: BackendLink): Label[] =>
  (service?.ports ?? []).slice(0, 4).map(({ name, port, at }) => ({
    at: (port ?? { at }).at,
    message: name ? `port \`${name.value}\`` : 'a port of the Service',
  }));

function fixesFor(link: BackendLink): Fix[] {
  const { backend, service } = link;
  const [only, ...others] = service?.ports ?? [];
  const number = portNumber(only?.port);
  if (!isGatewayApi(link) || number === undefined || others.length > 0) return [];
  return [
    {
      title: `write \`port: ${number}\``,
      applicability: 'unsafe',
      edits: [insertField(backend.at, 'port', String(number), backend.service?.at)],
    },
  ];
}

export default missingBackendRefPort;
