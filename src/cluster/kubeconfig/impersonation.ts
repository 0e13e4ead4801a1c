import type { OutgoingHttpHeaders } from 'node:http';
import type { ConnectOptions } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';

/**
 * The headers of whoever acts as somebody else. What flags say goes before what the kubeconfig does.
 *
 * @throws ClusterError for groups of nobody
 */
export function impersonation(user: JsonObject, { as, asGroups = [] }: ConnectOptions): OutgoingHttpHeaders {
  const name = as ?? textAt(user, 'as');
  const groups = asGroups.length > 0 ? asGroups : texts(listAt(user, 'as-groups'));
  if (!name) {
    if (groups.length > 0) throw new ClusterError('--as-group acts as nobody; give --as as well');
    return {};
  }
  const own = as === undefined ? user : {};
  const uid = textAt(own, 'as-uid');
  const extra = Object.keys(objectAt(own, 'as-user-extra'));
  return {
    'impersonate-user': name,
    ...(groups.length > 0 ? { 'impersonate-group': [...groups] } : {}),
    ...(uid ? { 'impersonate-uid': uid } : {}),
    ...Object.fromEntries(
      extra.map((key) => [
        `impersonate-extra-${encodeURIComponent(key)}`,
        texts(listAt(own, 'as-user-extra', key)),
      ]),
    ),
  };
}

const texts = (values: readonly Json[]): string[] => values.filter((one) => typeof one === 'string');
