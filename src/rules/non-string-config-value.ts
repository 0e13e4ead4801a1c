import { quotesAround } from '../model/admission/quotes.ts';
import { unsayable } from '../model/admission/words.ts';
import { describe } from '../model/describe.ts';
import { isConfigValue } from '../model/misfit.ts';
import type { Misfit, Resource } from '../model/model.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const nonStringConfigValue: Rule = defineRule({
  id: 'non-string-config-value',
  severity: 'error',
  summary: 'A number or boolean stands without quotes where the API server accepts only a string.',
  ofAdmission: true,

  *check(graph) {
    for (const resource of graph.model.resources) {
      for (const misfit of resource.misfits) {
        const { field, got } = misfit;
        if (!isConfigValue(misfit)) continue;
        const type = typeof got.value;
        yield {
          message: `\`${field}\` of ${describe(resource)} is a ${type}, where only a string is accepted`,
          resources: [resource],
          field,
          labels: [{ at: got.at, message: `a ${type} without quotes` }],
          notes: [
            `the API server refuses the whole object: ${unsayable(got.value) ?? `json: cannot unmarshal ${type === 'boolean' ? 'bool' : type} into Go struct field ${structField(resource, field)} of type string`}`,
          ],
          ...remedy(resource, misfit),
        };
      }
    }
  },
});

/** The field as Go's decoder names it. */
function structField({ kind }: Resource, field: string): string {
  if (field.endsWith('].value')) return `EnvVar.${field.replaceAll(/\[[^[\]]*\]/g, '')}`;
  const map = /^(data|stringData)\./.exec(field)?.[1];
  return map ? `${kind}.${map}` : `\`${field.replaceAll(/\[[^[\]]*\]/g, '')}\``;
}

function remedy({ kind }: Resource, { field, got }: Misfit): { fixes: Fix[]; help: string[] } {
  // Quotes alone would turn a value into base64 that nobody wrote.
  if (kind === 'Secret' && field.startsWith('data.')) {
    return { fixes: [], help: ['move it to `stringData` and put quotes around it'] };
  }
  const quotes = quotesAround(got.at);
  if (!quotes) return { fixes: [], help: ['put quotes around it'] };
  // The API server takes the object in neither case today, so nothing that works can change.
  return { fixes: [{ ...quotes, applicability: 'safe' }], help: [] };
}

export default nonStringConfigValue;
