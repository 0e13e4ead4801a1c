import type { RouteMatch, RouteRule } from '../../../model/route.ts';
import type { Way } from '../../links/route-links.ts';

/** The ways of a rule as far as a host and a path meet it; none where it asks for headers or the like each time. */
export function metByPath<R extends RouteRule>(rule: R, waysOf: (met: R) => Way[]): Way[] {
  const matches = rule.matches.filter(({ asksMore }) => !asksMore);
  return rule.matches.length > 0 && matches.length === 0 ? [] : waysOf({ ...rule, matches });
}

/** The paths of a rule, once each: matches that differ in headers or methods alone share one. None: all of them. */
export function pathsOf(matches: readonly RouteMatch[]): Pick<Way, 'path' | 'pathType'>[] {
  if (matches.length === 0) return [{ path: '/', pathType: 'Prefix' }];
  const paths = new Map(
    matches.map(({ path, pathType }) => [
      `${pathType}\0${path?.value ?? '/'}`,
      { path: path?.value ?? '/', pathType },
    ]),
  );
  return [...paths.values()];
}
