import { listenerOwnersOf } from '../graph/routes/gateway/listener-owners.ts';
import { grantsOf } from '../graph/routes/gateway/reference-grants.ts';
import { describe, qualify } from '../model/describe.ts';
import { GATEWAY_GROUP } from '../model/gateway-api.ts';
import { isPlaceholder } from '../model/ports.ts';
import { type ParentFinder, parentFinder } from '../questions/routes/parent-finder.ts';
import { defineRule, type Rule } from './rule.ts';

const missingCertificateGrant: Rule = defineRule({
  id: 'missing-certificate-grant',
  severity: 'warning',
  summary: 'A listener takes its certificate from another namespace, and no ReferenceGrant there permits it.',

  *check(graph) {
    const { model } = graph;
    // What is rendered later may be the grant.
    if (model.unread.length > 0) return;
    const grants = grantsOf(model);
    let entered: ParentFinder | undefined;
    for (const owner of listenerOwnersOf(model)) {
      if (owner.unplaced) continue;
      for (const listener of owner.listeners) {
        for (const { group, kind, name, namespace } of listener.certificates ?? []) {
          if (!namespace || namespace.value === owner.namespace || isPlaceholder(namespace)) continue;
          const to = { group, kind, namespace: namespace.value, name: name?.value ?? '' };
          if (grants.permit(owner, to)) continue;
          const grant = grants.firstIn(namespace.value);
          entered ??= parentFinder(graph);
          const link = entered.at(owner, listener.port);
          yield {
            ...(link ? { link } : {}),
            stopsTraffic: true,
            message: `listener \`${listener.name?.value ?? ''}\` of ${describe(owner)} takes its certificate from ${kind} \`${qualify(namespace.value, name?.value ?? '')}\`, and no ReferenceGrant of the input permits it`,
            resources: grant ? [owner, grant] : [owner],
            field: `spec.listeners[${listener.name?.value ?? ''}].tls.certificateRefs[${name?.value ?? ''}]`,
            labels: [
              { at: namespace.at, message: 'another namespace than the Gateway' },
              ...(grant ? [{ at: grant.nameAt, message: 'permits others only' }] : []),
            ],
            notes: [
              'the namespace that is reached decides: without a grant the status of the listener says `RefNotPermitted`, and it ends no TLS',
            ],
            help: [
              `apply a ReferenceGrant in namespace \`${namespace.value}\` with \`from: [{ group: ${GATEWAY_GROUP}, kind: ${owner.kind}, namespace: ${owner.namespace} }]\` and \`to: [{ group: "${group}", kind: ${kind}, name: ${name?.value ?? ''} }]\``,
            ],
          };
        }
      }
    }
  },
});

export default missingCertificateGrant;
