import { isPortNumber, isQuotedNumber } from '../model/ports.ts';
import { reasonAt } from '../model/refusal.ts';
import { brokenLinks, type PortField, unusualPortFields } from '../questions/port-fields.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const quotedPortNumber: Rule = defineRule({
  id: 'quoted-port-number',
  severity: 'error',
  summary: 'A port number is written as text, which Kubernetes takes for a name or refuses.',
  ofAdmission: true,

  *check(graph) {
    const brokenLinkFrom = brokenLinks(graph);
    for (const one of unusualPortFields(graph)) {
      const { value, takes, holder, key, field, resource } = one;
      if (!value || takes === 'name' || !isQuotedNumber(value)) continue;
      const link = brokenLinkFrom(value);
      yield {
        message: `${holder} gives ${key} as the text \`"${value.value}"\`, not as a number`,
        resources: [resource],
        field,
        ...(link ? { link } : {}),
        labels: [{ at: value.at, message: 'text, because of how it is written' }],
        notes: [
          takes === 'either'
            ? 'text here is the name of a port, and the API server refuses this one: must contain at least one letter (a-z)'
            : `the API server refuses it: ${reasonAt(resource, value) ?? 'cannot unmarshal string into a field of type int32'}`,
        ],
        fixes: fixesOf(one, value.at),
      };
    }
  },
});

function fixesOf({ value }: PortField, at: Location): Fix[] {
  const number = Number(value?.value);
  if (!isPortNumber(number)) return [];
  return [
    {
      title: `write the number ${number} without quotes`,
      // Nothing works today that this could change, unless the same text is also used elsewhere.
      applicability: isShared(at) ? 'unsafe' : 'safe',
      edits: [{ at, text: String(number) }],
    },
  ];
}

/** The value has an anchor, so an alias may use it where text is wanted. */
const isShared = ({ source, start }: Location): boolean =>
  /&[^\s&,[\]{}]+[ \t]+$/.test(source.text.slice(Math.max(0, start - 80), start));

export default quotedPortNumber;
