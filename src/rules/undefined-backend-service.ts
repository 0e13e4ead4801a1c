import { endsOf } from '../graph/links/ends.ts';
import type { BackendLink } from '../graph/links/route-links.ts';
import { areApart, mayShareNamespace } from '../model/apart.ts';
import { describe } from '../model/describe.ts';
import type { Service } from '../model/model.ts';
import { callService } from '../model/name-edits.ts';
import type { Model } from '../model/resource-set.ts';
import { renamedService } from '../questions/routes/renamed-service.ts';
import { isSpared, wordsFor } from '../questions/routes/route-words.ts';
import { groupBy } from '../text/group-by.ts';
import { nearest } from '../text/suggest.ts';
import { asChoices, defineRule, type Report, type Rule } from './rule.ts';

const undefinedBackendService: Rule = defineRule({
  id: 'undefined-backend-service',
  severity: 'error',
  summary: 'An Ingress or another route sends traffic to a Service that the namespace does not have.',

  *check({ backends, model }) {
    const lost = backends.filter(
      ({ service, delegate, state, fault }) =>
        !service && !delegate && state !== 'whole' && (fault ?? 'no-service') === 'no-service',
    );
    if (lost.length === 0) return;
    const byName = groupBy(model.services, ({ name }) => name);
    for (const link of lost) {
      // That is told by a rule of its own.
      if (renamedService(link, model)) continue;
      const { service: name } = link.backend;
      const namesakes = ((name && byName.get(shortName(name.value))) ?? []).filter(
        (one) => !areApart(link.route, one),
      );
      if (namesakes.some((one) => mayShareNamespace(link.route, one))) continue;
      if (link.state === 'broken') {
        const report = name ? undefinedService(link, model, namesakes) : nameless(link);
        yield isSpared(link) ? { ...report, severity: 'warning' } : report;
      }
      // The Service may be somewhere else altogether: a chart that was installed by hand, another repository.
      else if (
        name &&
        (link.fault === 'no-service' ||
          (namesakes.length > 0 && model.servicesIn(link.namespace).length === 0))
      ) {
        const report = undefinedService(link, model, namesakes);
        yield { ...report, severity: 'warning', help: [...(report.help ?? []), OUTSIDE] };
      }
    }
  },
});

const OUTSIDE =
  'if something else makes this Service, name it under `services` in the configuration file, with its ports';

/** Some APIs take a host name: `quay.harbour.svc.cluster.local`. */
const shortName = (name: string): string => name.split('.', 1)[0]!;

function undefinedService(link: BackendLink, model: Model, namesakes: readonly Service[]): Report {
  const { route, backend, namespace } = link;
  const words = wordsFor(link);
  const name = backend.service!;
  const short = shortName(name.value);
  const here = model.servicesIn(namespace).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const [meant, ...others] = nearest(
    short,
    here.map((one) => one.name),
  );
  const [elsewhere] = namesakes.toSorted((a, b) => (a.namespace < b.namespace ? -1 : 1));
  const similar = elsewhere ?? here.find((one) => one.name === meant);
  const where = elsewhere ? `; there is one in namespace \`${elsewhere.namespace}\`` : '';
  return {
    message: `${describe(route)} ${words.does} Service \`${short}\`, which namespace \`${namespace}\` does not have${where}`,
    resources: similar ? [route, similar] : [route],
    field: endsOf(link).from.field,
    link,
    labels: [
      { at: name.at, message: `no Service of namespace \`${namespace}\` has this name` },
      ...(similar
        ? [
            {
              at: similar.nameAt,
              message: elsewhere ? `in namespace \`${elsewhere.namespace}\`` : 'the nearest name',
            },
          ]
        : []),
    ],
    notes: [
      route.api !== 'ingress'
        ? `Kubernetes accepts any name; ${words.lost}`
        : 'an Ingress reaches Services of its own namespace only; Kubernetes accepts any name, and the controller answers with 503 or 404',
      ...(elsewhere || meant !== undefined ? [] : [whatThereIs(here, namespace)]),
    ],
    help: elsewhere
      ? [adviceFor(route, elsewhere, namespace)]
      : others.length > 0
        ? [`other names that are near: ${others.map((other) => `\`${other}\``).join(', ')}`]
        : [],
    fixes:
      elsewhere || meant === undefined
        ? []
        : [
            {
              title: `${words.change} Service \`${meant}\``,
              applicability: 'unsafe',
              edits: [{ at: name.at, text: `${meant}${name.value.slice(short.length)}` }],
            },
            ...asChoices(similar ? callService(similar, short) : []),
          ],
  };
}

function adviceFor(route: BackendLink['route'], elsewhere: Service, namespace: string): string {
  const move = `put the ${route.kind} into namespace \`${elsewhere.namespace}\`, or the Service into \`${namespace}\``;
  return route.api === 'gateway-api'
    ? `${move}, or write \`namespace: ${elsewhere.namespace}\` and let a ReferenceGrant of that namespace permit it`
    : move;
}

function whatThereIs(services: readonly Service[], namespace: string): string {
  const names = [...new Set(services.map(({ name }) => name))];
  const shown = names
    .slice(0, 4)
    .map((name) => `\`${name}\``)
    .join(', ');
  const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
  return `the input has these Services of namespace \`${namespace}\`: ${shown}${more}`;
}

const nameless = (link: BackendLink): Report => ({
  message: `${describe(link.route)} has a backend that names no Service`,
  resources: [link.route],
  field: endsOf(link).from.field,
  link,
  labels: [
    {
      at: link.backend.at,
      message: link.route.api !== 'ingress' ? 'no name is given' : 'neither `service` nor `resource`',
    },
  ],
  notes: [
    link.route.api !== 'ingress'
      ? wordsFor(link).lost
      : 'the API server rejects such a backend: `resource or service backend is required`',
  ],
});

export default undefinedBackendService;
