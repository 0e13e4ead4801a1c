import { policiesOf } from '../graph/policies/policy-pods.ts';
import { describe } from '../model/describe.ts';
import type { Policy, PolicyPort } from '../model/policy.ts';
import { isCilium } from '../model/policy.ts';
import { isPlaceholder, portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Rule } from './rule.ts';

const invalidPortRange: Rule = defineRule({
  id: 'invalid-port-range',
  severity: 'error',
  summary: "A NetworkPolicy's range of ports begins with no number, or ends before it begins.",
  ofAdmission: true,

  *check({ model }) {
    for (const policy of policiesOf(model)) {
      for (const { field, ports } of policy.parts.flatMap(({ rules }) => rules)) {
        for (const one of ports ?? []) {
          const fault = faultOf(policy, one);
          if (!fault) continue;
          yield {
            message: `${describe(policy)} has a range of ports that ${fault.what}`,
            resources: [policy],
            field: `${field}.ports[${one.port?.value ?? ''}/${protocolOf(one.protocol)}].endPort`,
            labels: [
              { at: one.endPort!.at, message: 'the end of the range' },
              ...(one.port ? [{ at: one.port.at as Location, message: 'its beginning' }] : []),
            ],
            notes: [`the API server refuses it: ${fault.reason}`],
            help: ['give the first port of the range as a number in `port`, and the last one in `endPort`'],
          };
        }
      }
    }
  },
});

/** In the API server's words (S-180); numbers that are none at all have a rule of their own. */
function faultOf(
  policy: Policy,
  { port, endPort }: PolicyPort,
): { readonly what: string; readonly reason: string } | undefined {
  const last = portNumber(endPort);
  if (last === undefined || isPlaceholder(port) || isCilium(policy)) return undefined;
  if (port === undefined)
    return { what: 'has no beginning', reason: 'may not be specified when `port` is not specified' };
  if (typeof port.value === 'string')
    return {
      what: `begins with the name \`${port.value}\``,
      reason: 'may not be specified when `port` is non-numeric',
    };
  const first = portNumber(port);
  return first !== undefined && last < first
    ? {
        what: `ends at ${last}, before it begins at ${first}`,
        reason: 'must be greater than or equal to `port`',
      }
    : undefined;
}

export default invalidPortRange;
