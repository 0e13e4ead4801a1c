import type { BackendLink } from '../graph/links/route-links.ts';
import { describe } from '../model/describe.ts';
import { isOpenShiftRoute } from '../model/openshift.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Rule } from './rule.ts';

const allPortsRoute: Rule = defineRule({
  id: 'all-ports-route',
  severity: 'warning',
  summary: 'A Route of OpenShift gives no port, and its Service has several.',

  *check({ backends }) {
    const open = backends.filter(
      ({ route, backend, servicePort }) =>
        isOpenShiftRoute(route) && !backend.portName && !backend.portNumber && servicePort,
    );
    for (const links of distinct(open)) {
      const [{ route, backend, service, field, servicePort: first }] = links as [BackendLink];
      const ports = links.flatMap(({ servicePort }) => servicePort ?? []);
      if (!service || ports.length < 2) continue;
      const name = first?.name?.value;
      yield {
        message: `${describe(route)} gives no port, so the router spreads its requests over ${ports.length === 2 ? 'both' : `all ${ports.length}`} TCP ports of ${describe(service)}`,
        resources: [route, service],
        field,
        labels: [
          { at: (backend.service ?? backend).at, message: 'no port is chosen' },
          ...ports.slice(0, 4).map((one) => ({
            at: (one.port ?? one).at,
            message: one.name ? `port \`${one.name.value}\`` : 'a port of the Service',
          })),
        ],
        notes: [
          'without `spec.port` every endpoint of every TCP port is as good as another: some requests reach the wrong one, and are answered with its page, with 404 or with an error',
        ],
        help: [
          name === undefined
            ? 'write the number of the right Pod port as `port.targetPort`'
            : `write the name of the right port: \`port: { targetPort: ${name} }\``,
        ],
      };
    }
  },
});

/** The ports of one Service that one backend leads to; a Service may be defined twice. */
const distinct = (links: readonly BackendLink[]): BackendLink[][] =>
  [...groupBy(links, ({ backend }) => backend).values()].flatMap((some) => [
    ...groupBy(some, ({ service }) => service).values(),
  ]);

export default allPortsRoute;
