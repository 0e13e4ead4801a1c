import { composePortOf } from '../model/admission/compose.ts';
import { isPlaceholder, isPortName, isQuotedNumber, isServicePortName } from '../model/ports.ts';
import { reasonAt } from '../model/refusal.ts';
import { brokenLinks, type PortField, unusualPortFields } from '../questions/port-fields.ts';
import type { Located } from '../text/source.ts';
import { spell } from '../text/spell.ts';
import type { Scalar } from '../text/yaml-node.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const invalidPortName: Rule = defineRule({
  id: 'invalid-port-name',
  severity: 'error',
  summary: 'A port has a name that the API server refuses in this field.',
  ofAdmission: true,

  *check(graph) {
    const brokenLinkFrom = brokenLinks(graph);
    for (const one of unusualPortFields(graph)) {
      const { value, holder, key, field, resource } = one;
      if (
        !value ||
        (one.resource.refusals && composePortOf(String(value.value))) ||
        typeof value.value !== 'string' ||
        one.takes === 'number' ||
        isPlaceholder(value)
      )
        continue;
      const name = value.value;
      const got = misfitOf(one);
      const reason = got
        ? (reasonAt(resource, value) ?? `cannot unmarshal ${got} into a field of type string`)
        : reasonAgainst(name, one);
      if (reason === undefined) continue;
      const link = brokenLinkFrom(value);
      yield {
        message: got
          ? `${holder} gives the ${got} \`${name}\` as ${key}, where only text is taken`
          : `${holder} has ${article(key)} \`${name}\`, which is no port name`,
        resources: [resource],
        field,
        ...(link ? { link } : {}),
        labels: [{ at: value.at, message: got ? `a ${got}, because it has no quotes` : reason }],
        notes: [
          got
            ? `the API server refuses it: ${reason}`
            : `the API server refuses it: ${reason}; ${whichRule(one)}`,
        ],
        fixes: got ? quoting(one, name, value) : renaming(one, name, value),
      };
    }
  },
});

const article = (key: string): string => (key === 'name' ? 'a port named' : `a ${key}`);

/** The type that YAML gives a name without quotes; undefined for text. */
function misfitOf({ resource, value }: PortField): 'number' | 'bool' | undefined {
  const misfit = resource.misfits.find(
    ({ expected, got }) => expected === 'string' && got.start === value?.start && got.source === value.source,
  );
  if (!misfit) return undefined;
  return typeof misfit.got.value === 'boolean' ? 'bool' : 'number';
}

/** A DNS name of several parts: the server has words of its own for one where a single part is wanted. */
const DOTTED = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const isLegal = (name: string, { naming }: PortField): boolean =>
  naming === 'port' ? isPortName(name) : isServicePortName(name);

/** What is wrong with a name, in the API server's words. */
function reasonAgainst(name: string, field: PortField): string | undefined {
  if (isLegal(name, field)) return undefined;
  // Left out (S-013), or unset where names are optional; digits are the concern of quoted-port-number.
  if (name === '' && (field.takes === 'name' || field.range === 'port-or-zero')) return undefined;
  if (field.takes === 'either' && isQuotedNumber(field.value)) return undefined;
  if (field.naming === 'service-port') {
    return name.length > 63
      ? 'must be no more than 63 characters'
      : DOTTED.test(name)
        ? 'must not contain dots'
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  }
  if (name.length > 15) return 'must be no more than 15 characters';
  if (!/^[-a-z0-9]+$/.test(name))
    return 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
  if (!/[a-z]/.test(name)) return 'must contain at least one letter (a-z)';
  if (name.includes('--')) return 'must not contain consecutive hyphens';
  return 'must not begin or end with a hyphen';
}

const whichRule = ({ naming }: PortField): string =>
  naming === 'service-port'
    ? 'the port of a Service or its endpoints is named by a DNS label of up to 63 characters'
    : 'container ports, and whatever refers to a port by name, take up to 15 of a-z, 0-9 and -, with at least one letter';

function quoting(field: PortField, name: string, { at }: Located<Scalar>): Fix[] {
  if (!isLegal(name, field)) return [];
  return [{ title: 'put the name in quotes', applicability: 'safe', edits: [spell(at, name)] }];
}

/** The same name in every field that says it, so that fields that agree today still do. */
function renaming(field: PortField, name: string, { at }: Located<Scalar>): Fix[] {
  const legal = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (!isLegal(legal, field)) return [];
  return [{ title: `call it \`${legal}\``, applicability: 'unsafe', edits: [spell(at, legal)] }];
}

export default invalidPortName;
