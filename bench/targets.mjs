/**
 * The targets: ratios within one interleaved run, so that they hold on any machine.
 *
 * @typedef {object} Result of one case
 * @property {string} id
 * @property {number} [resources]
 * @property {Map<string, { seconds: number, peak: number | undefined }>} commands
 * @property {number} [parseSeconds] of the yardstick, without the start of Node
 *
 * @typedef {object} Verdict
 * @property {string} measured
 * @property {boolean | undefined} met undefined when there was nothing to compare with
 *
 * @typedef {object} Target
 * @property {string} id
 * @property {string} says
 * @property {(results: Map<string, Result>) => Verdict} judge
 */

import { BARE_NODE, CHECK } from './commands.mjs';

const LEAST_MEMORY = 80e6;
const MEMORY_PER_RESOURCE = 1500;

/** @type {readonly Target[]} */
export const TARGETS = [
  {
    id: 'T1',
    says: '`--version`, `--help` ≤ bare node + 15 ms',
    judge: (results) => {
      const bare = seconds(results, 'start', BARE_NODE);
      return together(
        ['--version', '--help'].map((option) => {
          const extra = minus(seconds(results, 'start', `portolan ${option}`), bare);
          return atMost(times(extra, 1000), 15, (ms) => `${option} +${ms.toFixed(1)} ms`, option);
        }),
      );
    },
  },
  ratioTarget('T2', 'check of 10 resources ≤ 1.5 × bare node', 'mixed-10', { [BARE_NODE]: 1.5 }),
  ratioTarget('T3', 'check of 1,000 resources ≤ 1.0 × kube-linter', 'mixed-1000', { 'kube-linter': 1 }),
  ratioTarget(
    'T4',
    'check of 10,000 resources ≤ 0.45 × kube-linter and ≤ 0.45 × kubeconform',
    'mixed-10000',
    {
      'kube-linter': 0.45,
      kubeconform: 0.45,
    },
  ),
  ratioTarget('T5', 'check of 100,000 resources ≤ 0.25 × kube-linter', 'mixed-100000', {
    'kube-linter': 0.25,
  }),
  {
    id: 'T6',
    says: 'linear: (t100k − t10) / (t10k − t10) ≤ 11, also with 10,000 Services in one namespace',
    judge: (results) =>
      together(
        ['mixed', 'crowded'].map((shape) => {
          const least = seconds(results, 'mixed-10', CHECK);
          const large = minus(seconds(results, `${shape}-100000`, CHECK), least);
          const small = minus(seconds(results, `${shape}-10000`, CHECK), least);
          return atMost(over(large, small), 11, (ratio) => `${shape} ${ratio.toFixed(1)}`, shape);
        }),
      ),
  },
  {
    id: 'T7',
    says: 'peak memory ≤ 80 MB + 1.5 KB per resource',
    judge: (results) =>
      together(
        [...results.values()].flatMap(({ id, resources, commands }) => {
          const peak = commands.get(CHECK)?.peak;
          if (resources === undefined) return [];
          const limit = LEAST_MEMORY + MEMORY_PER_RESOURCE * resources;
          const said = (bytes) => `${id} ${(bytes / 1e6).toFixed(0)} of ${(limit / 1e6).toFixed(0)} MB`;
          return [atMost(peak, limit, said, id)];
        }),
      ),
  },
  {
    id: 'T8',
    says: 'a tree of 91 % custom resource definitions ≤ 0.4 × parsing all its bytes with js-yaml `parseEvents`',
    judge: (results) => {
      const parse = results.get('operator-3000')?.parseSeconds;
      const ratio = over(seconds(results, 'operator-3000', CHECK), parse);
      return atMost(ratio, 0.4, (value) => `${value.toFixed(2)} ×`, 'the tree');
    },
  },
];

/** @returns {Target} */
function ratioTarget(id, says, caseId, limits) {
  const judge = (results) =>
    together(
      Object.entries(limits).map(([name, limit]) =>
        atMost(
          over(seconds(results, caseId, CHECK), seconds(results, caseId, name)),
          limit,
          (ratio) => `${ratio.toFixed(2)} × ${name}`,
          name,
        ),
      ),
    );
  return { id, says, judge };
}

const seconds = (results, id, command) => results.get(id)?.commands.get(command)?.seconds;
const minus = (a, b) => (a === undefined || b === undefined ? undefined : a - b);
const over = (a, b) => (a === undefined || b === undefined ? undefined : a / b);
const times = (a, b) => (a === undefined ? undefined : a * b);

/** @returns {Verdict} */
function atMost(value, limit, say, subject) {
  if (value === undefined) return { measured: `${subject}: not measured`, met: undefined };
  return { measured: say(value), met: value <= limit };
}

/** One miss is a miss; one part that is unknown leaves the rest unproved. @param {Verdict[]} verdicts @returns {Verdict} */
const together = (verdicts) => ({
  measured: verdicts.length > 0 ? verdicts.map(({ measured }) => measured).join(', ') : 'not measured',
  met: verdicts.some(({ met }) => met === false)
    ? false
    : verdicts.length > 0 && verdicts.every(({ met }) => met === true)
      ? true
      : undefined,
});
