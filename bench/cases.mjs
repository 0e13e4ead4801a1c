/**
 * What is measured: a tree each, the commands that run over it, and the targets that it serves.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} [tree] none for commands that read nothing
 * @property {string[]} peers
 * @property {string[]} targets
 * @property {boolean} [slow] left out by `--quick`, and of fewer rounds
 * @property {boolean} [parseAll]
 * @property {boolean} [change] a file of it is changed while it is watched
 */

import { GROWTH } from './growth.mjs';

const GO = ['kube-linter', 'kubeconform', 'kube-score'];

/** @type {readonly Case[]} */
export const CASES = [
  { id: 'start', peers: [], targets: ['T1'] },
  { id: 'mixed-10', tree: 'mixed-10', peers: GO, targets: ['T2', 'T6', 'T7'] },
  { id: 'mixed-300', tree: 'mixed-300', peers: GO, targets: ['T7'] },
  { id: 'mixed-1000', tree: 'mixed-1000', peers: GO, targets: ['T3', 'T7'] },
  { id: 'mixed-10000', tree: 'mixed-10000', peers: GO, targets: ['T4', 'T6', 'T7', 'T10'], change: true },
  // kube-score needs minutes here.
  {
    id: 'mixed-100000',
    tree: 'mixed-100000',
    peers: ['kube-linter', 'kubeconform'],
    targets: ['T5', 'T6', 'T7'],
    slow: true,
  },
  {
    id: 'operator-3000',
    tree: 'operator-3000',
    peers: GO.slice(0, 2),
    targets: ['T7', 'T8'],
    parseAll: true,
  },
  { id: 'crowded-10000', tree: 'crowded-10000', peers: [], targets: ['T6', 'T7'] },
  { id: 'crowded-100000', tree: 'crowded-100000', peers: [], targets: ['T6', 'T7'], slow: true },
  // One case with n and one with 4n of each; only how they compare is of interest.
  ...Object.entries(GROWTH).flatMap(([name, { least }]) =>
    [least, 4 * least].map((n) => ({
      id: `grown-${name}-${n}`,
      tree: `grown-${name}-${n}`,
      peers: [],
      targets: ['T9'],
    })),
  ),
];
