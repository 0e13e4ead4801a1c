import type { DestinationRule } from '../../../model/istio.ts';
import type { BackendLink } from '../../links/route-links.ts';
import { followSettings } from './destinations.ts';
import type { IstioIndex } from './istio-index.ts';

/** What a DestinationRule is for. A host that is not there is told once, however many ports have settings. */
export function settingsOf(rule: DestinationRule, index: IstioIndex): readonly BackendLink[] {
  // A wildcard is for whatever hosts there are.
  if (rule.host?.value.startsWith('*')) return [];
  const followed = rule.rules.flatMap(({ backends }) =>
    backends.map((backend) =>
      followSettings(
        {
          route: rule,
          holder: rule,
          backend,
          field: backend.field ?? 'spec.host',
          ways: [],
          controller: { name: 'istio', certain: true, className: undefined },
        },
        index,
      ),
    ),
  );
  const [first = []] = followed;
  return first.some(({ service, delegate }) => service || delegate) ? followed.flat() : first;
}
