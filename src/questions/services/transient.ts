import type { Workload } from '../../model/model.ts';

/** Pods that end by themselves: they do a task and serve nobody, whatever labels they were given. */
export const isTransient = (workload: Workload): boolean =>
  workload.kind === 'Job' || workload.kind === 'CronJob' || isTest(workload);

/** A Pod that Helm makes only when somebody asks for a test. */
export const isTest = ({ kind, template }: Workload): boolean =>
  kind === 'Pod' && /\btest\b/.test(template.annotations.get('helm.sh/hook')?.value ?? '');
