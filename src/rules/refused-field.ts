import { toldByPortRules } from '../questions/told-refusals.ts';
import { defineRule, type Rule, tellRefusals } from './rule.ts';

const refusedField: Rule = defineRule({
  id: 'refused-field',
  severity: 'error',
  summary:
    'A field is unknown, missing, of another type or outside a closed list, so the API server refuses the object.',
  ofAdmission: true,

  *check(graph) {
    yield* tellRefusals(graph, 'refused-field', toldByPortRules(graph));
  },
});

export default refusedField;
