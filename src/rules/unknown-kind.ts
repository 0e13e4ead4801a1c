import { defineRule, type Rule, tellRefusals } from './rule.ts';

const unknownKind: Rule = defineRule({
  id: 'unknown-kind',
  severity: 'error',
  summary: 'An object is of a kind that its API has in no version, so the API server does not know it.',
  ofAdmission: true,

  *check(graph) {
    yield* tellRefusals(graph, 'unknown-kind');
  },
});

export default unknownKind;
