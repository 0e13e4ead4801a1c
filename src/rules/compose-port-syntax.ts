import { defineRule, type Rule, tellRefusals } from './rule.ts';

const composePortSyntax: Rule = defineRule({
  id: 'compose-port-syntax',
  severity: 'error',
  summary: 'A port or a variable is written as compose has it, where Kubernetes wants a map of fields.',
  ofAdmission: true,

  *check(graph) {
    yield* tellRefusals(graph, 'compose-port-syntax');
  },
});

export default composePortSyntax;
