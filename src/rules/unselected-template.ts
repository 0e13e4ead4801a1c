import { defineRule, type Rule, tellRefusals } from './rule.ts';

const unselectedTemplate: Rule = defineRule({
  id: 'unselected-template',
  severity: 'error',
  summary:
    "A workload's selector does not match the labels of its own Pod template, so the API server refuses it.",
  ofAdmission: true,

  *check(graph) {
    yield* tellRefusals(graph, 'unselected-template');
  },
});

export default unselectedTemplate;
