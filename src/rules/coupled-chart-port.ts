import { defineRule, type Rule } from './rule.ts';

const coupledChartPort: Rule = defineRule({
  id: 'coupled-chart-port',
  severity: 'error',
  summary: 'A chart is whole with its own values, and a chain breaks as soon as one of them is changed.',

  *check({ settings }) {
    for (const { what, how, at, isPort, entry, reason, ends } of settings.variations) {
      yield {
        message: `${entry} cannot be reached when \`${what}\` ${how}: ${reason}`,
        resources: [],
        field: what,
        labels: [
          { at, message: `breaks the chain when it ${how}` },
          ...ends.map((end) => ({ at: end, message: 'the link that breaks' })),
        ],
        notes: isPort
          ? ['whoever changes a port that clients see expects the process to listen where it did']
          : ['with the values that the chart has, this is whole'],
        help: isPort
          ? [
              'give the port of the Service and the port of the container a value each, or let every place use this one',
            ]
          : [],
      };
    }
  },
});

export default coupledChartPort;
