import { get } from '../../reader.ts';
import type { Check } from '../site.ts';
import { textIn } from './fields.ts';

const OF_UID = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const OF_NAME = ['job-name', 'batch.kubernetes.io/job-name'];

/**
 * ValidateGeneratedSelector: the server gives Pods the uid and the name of their Job as labels, by which it selects
 * them, and refuses others. A Job that was read from a cluster has its own.
 */
export const checkJobLabels: Check = (node, site) => {
  const manual = get(node, 'spec', 'manualSelector');
  if (manual?.type === 'scalar' && manual.value === true) return;
  if (OF_UID.some((key) => get(node, 'spec', 'selector', 'matchLabels', key))) return;
  const name = textIn(node, 'metadata', 'name')?.text;
  const path = ['spec', 'template', 'metadata', 'labels'];
  const expected = [
    ...OF_UID.map((key) => [key, "must be '{uid of the Job}'"] as const),
    ...(name ? OF_NAME.map((key) => [key, `must be '${name}'`] as const) : []),
  ];
  for (const [key, words] of expected) {
    const label = textIn(node, ...path, key);
    if (!label || (OF_NAME.includes(key) && label.text === name)) continue;
    site.refuses(label, path, '', {
      says: `gives its Pods the label \`${key}\`, which is the server's`,
      label: OF_NAME.includes(key) ? 'not the name of the Job' : 'the server gives each Job a new one',
      reason: `spec.template.metadata.labels[${key}]: Invalid value: ${JSON.stringify({ [key]: label.text })}: ${words}`,
      help: [`leave the label out: the server adds it`],
    });
  }
};
