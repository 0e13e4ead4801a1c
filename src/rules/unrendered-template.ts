import { defineRule, type Rule } from './rule.ts';

const unrenderedTemplate: Rule = defineRule({
  id: 'unrendered-template',
  severity: 'warning',
  summary: 'A file holds template actions that must be rendered before anything can be said about its ports.',
  ofAdmission: true,

  *check({ model }) {
    for (const at of model.templates) {
      yield {
        message: `\`${at.source.path}\` is a template that is not rendered, so its ports are not followed`,
        resources: [],
        field: 'template',
        labels: [{ at, message: 'filled in by another tool' }],
        notes: ['what this file would define is missing from every chain until it is rendered'],
        help: ['render it and check what comes out: `helm template NAME CHART | portolan check -`'],
      };
    }
  },
});

export default unrenderedTemplate;
