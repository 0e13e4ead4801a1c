import { describe } from '../model/describe.ts';
import { isServiceEntry, isVirtualService } from '../model/istio.ts';
import type { Resource, Service } from '../model/model.ts';
import { isPlaceholder } from '../model/ports.ts';
import type { Located } from '../text/source.ts';
import { defineRule, type Rule } from './rule.ts';

const ANNOTATION = 'networking.istio.io/exportTo';

const hiddenByExport: Rule = defineRule({
  id: 'hidden-by-export',
  severity: 'warning',
  summary: 'A route of Istio sends traffic to a host that `exportTo` hides from the namespace of the route.',

  *check({ backends }) {
    const told = new Set<unknown>();
    for (const link of backends) {
      const { route, backend, service, delegate } = link;
      // A Gateway's proxy asks from the namespace that it runs in.
      if (!isVirtualService(route) || !route.inMesh || route.unplaced || !backend.service) continue;
      const holder = service ?? (delegate && isServiceEntry(delegate) ? delegate : undefined);
      if (!holder || told.has(backend.service)) continue;
      const said = exportsOf(holder);
      const [first] = said;
      if (!first || said.some(({ name }) => isPlaceholder({ value: name }))) continue;
      if (
        isVisible(
          said.map(({ name }) => name),
          route,
          holder,
        )
      )
        continue;
      told.add(backend.service);
      yield {
        message: `${describe(route)} sends traffic to ${describe(holder)}, whose exportTo hides it from namespace \`${route.namespace}\``,
        resources: [route, holder],
        field: `${backend.field ?? 'spec.http'}.host`,
        link,
        ...(route.parents.length === 0 ? { stopsTraffic: true as const } : {}),
        labels: [
          { at: backend.service.at, message: `asked for from namespace \`${route.namespace}\`` },
          { at: first.at.at, message: 'the namespaces that may know it' },
        ],
        notes: [
          'the proxies of a namespace that a host is not exported to do not know it, and answer 503; `istioctl analyze` reports it as IST0101',
        ],
        help: [`add \`${route.namespace}\` to exportTo of ${describe(holder)}, or \`*\` for every namespace`],
      };
    }
  },
});

/** `*` is everybody whatever stands beside it, then `~` nobody; `.` is the namespace of the host, no other word means it. */
const isVisible = (names: readonly string[], route: Resource, holder: Resource): boolean =>
  names.includes('*') ||
  (!names.includes('~') &&
    (names.includes(route.namespace) || (names.includes('.') && holder.namespace === route.namespace)));

interface Export {
  readonly name: string;
  readonly at: Located<string>;
}

function exportsOf(holder: Service | Resource): Export[] {
  if (isServiceEntry(holder)) return holder.exportTo.map((at) => ({ name: at.value, at }));
  const annotation = holder.shape === 'service' ? (holder as Service).annotations.get(ANNOTATION) : undefined;
  return (annotation?.value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ name, at: annotation! }));
}

export default hiddenByExport;
