/**
 * The targets: ratios within one interleaved run, so that they hold on any machine.
 *
 * @typedef {object} Result of one case
 * @property {string} id
 * @property {number} [resources]
 * @property {Map<string, { seconds: number, peak: number | undefined }>} commands
 * @property {number} [parseSeconds] of the yardstick, without the start of Node
 * @property {number} [changeSeconds] from the change of a file to the next report
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
import { GROWTH } from './growth.mjs';

/** Peak memory in bytes of a tree. */
const MOST_MEMORY = { 'mixed-10000': 110e6, 'mixed-100000': 350e6 };
/** n log n of trees of this size, and what a clock tells apart. */
const MOST_GROWTH = 1.2;

/** @type {readonly Target[]} */
export const TARGETS = [
  {
    id: 'T1',
    says: '`--version`, `--help` ≤ bare node + 10 ms',
    judge: (results) => {
      const bare = seconds(results, 'start', BARE_NODE);
      return together(
        ['--version', '--help'].map((option) => {
          const extra = minus(seconds(results, 'start', `portolan ${option}`), bare);
          return atMost(times(extra, 1000), 10, (ms) => `${option} +${ms.toFixed(1)} ms`, option);
        }),
      );
    },
  },
  ratioTarget('T2', 'check of 10 resources ≤ 1.4 × bare node', 'mixed-10', { [BARE_NODE]: 1.4 }),
  ratioTarget('T3', 'check of 1,000 resources ≤ 1.5 × kube-linter', 'mixed-1000', { 'kube-linter': 1.5 }),
  ratioTarget(
    'T4',
    'check of 10,000 resources ≤ 0.8 × kube-linter, ≤ 0.9 × kubeconform and ≤ 0.3 × kube-score',
    'mixed-10000',
    { 'kube-linter': 0.8, kubeconform: 0.9, 'kube-score': 0.3 },
  ),
  ratioTarget('T5', 'check of 100,000 resources ≤ 0.7 × kubeconform', 'mixed-100000', { kubeconform: 0.7 }),
  {
    id: 'T6',
    says: 'linear: (t100k − t10) / (t10k − t10) ≤ 10, also with 10,000 Services in one namespace',
    judge: (results) =>
      together(
        ['mixed', 'crowded'].map((shape) => {
          const least = seconds(results, 'mixed-10', CHECK);
          const large = minus(seconds(results, `${shape}-100000`, CHECK), least);
          const small = minus(seconds(results, `${shape}-10000`, CHECK), least);
          return atMost(over(large, small), 10, (ratio) => `${shape} ${ratio.toFixed(1)}`, shape);
        }),
      ),
  },
  {
    id: 'T7',
    says: 'peak memory ≤ 110 MB for 10,000 resources, ≤ 350 MB for 100,000',
    judge: (results) =>
      together(
        Object.entries(MOST_MEMORY).map(([id, limit]) => {
          const peak = results.get(id)?.commands.get(CHECK)?.peak;
          return atMost(peak, limit, (bytes) => `${id} ${(bytes / 1e6).toFixed(0)} MB`, id);
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
  {
    id: 'T9',
    says: `where many names meet many objects, time grows as n to the ≤ ${MOST_GROWTH}, from n to 4n of each`,
    judge: (results) =>
      together(
        Object.entries(GROWTH).map(([name, { least: n }]) => {
          const start = seconds(results, 'start', 'portolan --version');
          const small = minus(seconds(results, `grown-${name}-${n}`, CHECK), start);
          const large = minus(seconds(results, `grown-${name}-${4 * n}`, CHECK), start);
          const ratio = over(large, small);
          const power = ratio === undefined ? undefined : Math.log(ratio) / Math.log(4);
          return atMost(power, MOST_GROWTH, (value) => `${name} ${value.toFixed(1)}`, name);
        }),
      ),
  },
  {
    id: 'T10',
    says: 'one file of 10,000 resources is changed: the next report of `--watch` ≤ 150 ms after it is written',
    judge: (results) =>
      atMost(
        times(results.get('mixed-10000')?.changeSeconds, 1000),
        150,
        (ms) => `${ms.toFixed(0)} ms`,
        'the change',
      ),
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
