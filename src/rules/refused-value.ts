import { toldByPortRules } from '../questions/told-refusals.ts';
import { defineRule, type Rule, tellRefusals } from './rule.ts';

const refusedValue: Rule = defineRule({
  id: 'refused-value',
  severity: 'error',
  summary: 'A value breaks a rule that the API server checks by code, so it refuses the object.',
  ofAdmission: true,

  *check(graph) {
    yield* tellRefusals(graph, 'refused-value', toldByPortRules(graph));
  },
});

export default refusedValue;
