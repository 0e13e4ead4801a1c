import type { Resource } from '../model/model.ts';
import { isPlaceholder, isPortNumber, isQuotedNumber } from '../model/ports.ts';
import { reasonAt } from '../model/refusal.ts';
import { brokenLinks, type PortField, unusualPortFields } from '../questions/port-fields.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Rule } from './rule.ts';

const portOutOfRange: Rule = defineRule({
  id: 'port-out-of-range',
  severity: 'error',
  summary: 'A port is no whole number from 1 to 65535.',
  ofAdmission: true,

  *check(graph) {
    const brokenLinkFrom = brokenLinks(graph);
    for (const one of unusualPortFields(graph)) {
      const fault = faultOf(one);
      if (!fault || (one.value && isToldThere(one.resource, one.value))) continue;
      const link = one.value && brokenLinkFrom(one.value);
      yield {
        message: `${one.holder} gives ${one.value ? `\`${one.value.value}\` as its ${one.key}` : `no ${one.key}`}`,
        resources: [one.resource],
        field: one.field,
        ...(link ? { link } : {}),
        labels: [{ at: one.at, message: fault.what }],
        notes: [
          `the API server refuses it: ${(one.value && reasonAt(one.resource, one.value)) ?? fault.reason}`,
        ],
        help: one.key === 'healthCheckNodePort' ? [] : ['give a whole number from 1 to 65535'],
      };
    }
  },
});

/** A text of compose is no number either, and told as what it is. */
const isToldThere = ({ refusals = [] }: Resource, { source, start }: Location): boolean =>
  refusals.some(
    ({ rule, at }) => rule === 'compose-port-syntax' && at.start === start && at.source === source,
  );

interface Fault {
  readonly what: string;
  /** In the API server's words. */
  readonly reason: string;
}

/** What quotes make of a number, and names, are the concern of other rules. */
function faultOf({ value: at, takes, range, key, field }: PortField): Fault | undefined {
  if (takes === 'name' || isQuotedNumber(at) || isPlaceholder(at)) return undefined;
  const value = at?.value ?? 0;
  if (typeof value === 'string') {
    return takes === 'number'
      ? {
          what: 'a word where only a number fits',
          reason: 'cannot unmarshal string into a field of type int32',
        }
      : undefined;
  }
  if (typeof value === 'boolean' || !Number.isInteger(value)) {
    const type = typeof value === 'boolean' ? 'bool' : `number ${value}`;
    return { what: 'no whole number', reason: `cannot unmarshal ${type} into a field of type int32` };
  }
  if (range === 'any' || isPortNumber(value) || (range === 'port-or-zero' && value === 0)) return undefined;
  if (value === 0 && key === 'containerPort') return { what: nothing(at), reason: 'Required value' };
  if (value === 0 && key === 'port.number')
    return { what: 'counts as left out', reason: 'Required value: port name or number is required' };
  if (key === 'nodePort')
    return { what: 'no port number', reason: 'provided port is not in the valid range' };
  const between = 'must be between 1 and 65535, inclusive';
  return {
    what: at ? 'no port number' : nothing(at),
    // A webhook's Service is looked at by code of its own.
    reason: field.startsWith('webhooks[') ? `port is not valid: ${between}` : between,
  };
}

const nothing = (at: PortField['value']): string => (at ? 'counts as left out' : 'nothing says the number');

export default portOutOfRange;
