import type { RouteMatch } from '../../../model/route.ts';
import type { Way } from '../../links/route-links.ts';

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
