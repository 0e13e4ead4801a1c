import { describe } from '../model/describe.ts';
import type { Container, Workload } from '../model/model.ts';
import type { Environment } from '../process/environment/environment.ts';
import { type Unexpanded, unexpandedIn } from '../questions/processes/unexpanded.ts';
import { textOf } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Fix, type Report, type Rule } from './rule.ts';

const unexpandedVariable: Rule = defineRule({
  id: 'unexpanded-variable',
  severity: 'warning',
  summary: 'A reference to a variable that nothing replaces, so that the process gets its letters.',

  *check(graph) {
    for (const workload of graph.model.workloads) {
      for (const container of workload.template.containers) {
        if (!mentionsVariable(container)) continue;
        const environment = graph.environmentOf(workload, container);
        for (const one of unexpandedIn(container, environment)) {
          yield report(workload, container, environment, one);
        }
      }
    }
  },
});

/** Most containers refer to nothing, and their environment need not be built. */
const mentionsVariable = ({ command = [], args = [], env }: Container): boolean =>
  [...command, ...args, ...env.flatMap(({ value }) => value ?? [])].some(({ value }) => value.includes('$'));

function report(
  workload: Workload,
  container: Container,
  { variables }: Environment,
  one: Unexpanded,
): Report {
  const { written, name, where, at, why, inShell } = one;
  const set = variables.get(name);
  const declared = container.env.find((entry) => entry.name.value === name);
  return {
    message: `container \`${container.name}\` of ${describe(workload)} has \`${written}\` in its ${where}, ${REASONS[why]}`,
    resources: [workload],
    field: `containers[${container.name}].${where}[${written}]`,
    labels: [
      { at, message: 'stays as it is written' },
      ...(why === 'shell' && set ? [{ at: set.at, message: `the value of ${name}` }] : []),
      ...(why === 'later' && declared ? [{ at: declared.name.at, message: 'set here, further down' }] : []),
    ],
    notes: [
      'Kubernetes replaces $(NAME) alone, by what env and envFrom of the same container have; other spellings need a shell',
      ...(inShell ? [`the shell takes \`${written}\` for a command called ${name}`] : []),
    ],
    help: why === 'later' ? [`set ${name} above the entry that refers to it`] : [],
    fixes: fixesFor(one, () => variables.names()),
  };
}

const REASONS: Readonly<Record<Unexpanded['why'], string>> = {
  shell: 'which only a shell replaces, and none is there',
  undefined: 'and no variable of the container has this name',
  later: 'and the variable is set after it',
};

function fixesFor({ written, name, at, where, why }: Unexpanded, names: () => readonly string[]): Fix[] {
  // Within env the nearest name may be set further down.
  const isArgument = where === 'args' || where === 'command';
  const [near] = isArgument && why === 'undefined' ? nearest(name, names()) : [];
  const meant = why === 'shell' ? name : near;
  if (meant === undefined || textOf(at) !== written) return [];
  return [{ title: `write $(${meant})`, applicability: 'unsafe', edits: [{ at, text: `$(${meant})` }] }];
}

export default unexpandedVariable;
