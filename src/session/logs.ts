import { resolve } from 'node:path';
import type { Resource } from '../model/model.ts';
import { isOf, type Observation, type SeenLog, type Subject } from '../model/observation.ts';
import { isWorkload } from '../model/resource-set.ts';
import { displayPath } from '../sources/display-path.ts';
import { readNamedFile } from '../sources/read-file.ts';
import { nearest } from '../text/suggest.ts';
import type { Piped } from './input.ts';
import type { Problem } from './problem.ts';

/** A log of a container, as evidence of what it listens on. */
export interface LogOption {
  readonly owner: LogOwner;
  /** `-` is standard input. */
  readonly file: string;
}

/** Whose log it is. Without a kind or a workload any will do. */
export interface LogOwner extends Pick<Subject, 'kind' | 'name'> {
  readonly container: string;
}

interface Log extends Observation {
  readonly subject: LogOwner;
  readonly what: SeenLog;
}

export interface ReadLogs {
  readonly logs: readonly Log[];
  readonly problems: readonly Problem[];
}

export async function readLogs(options: readonly LogOption[], cwd: string, piped: Piped): Promise<ReadLogs> {
  const logs: Log[] = [];
  const problems: Problem[] = [];
  for (const { owner, file } of options) {
    const read = file === '-' ? await readPiped(piped) : readFile(file, cwd);
    if ('message' in read) problems.push(read);
    else logs.push({ subject: owner, what: { kind: 'log', path: read.path, text: read.text } });
  }
  return { logs, problems };
}

interface Read {
  readonly path: string;
  readonly text: string;
}

async function readPiped(piped: Piped): Promise<Read | Problem> {
  const answer = await piped();
  return 'message' in answer ? { kind: 'log', path: '-', message: answer.message } : answer;
}

function readFile(file: string, cwd: string): Read | Problem {
  const full = resolve(cwd, file);
  const path = displayPath(full, cwd);
  const decoded = readNamedFile(full, cwd);
  return 'reason' in decoded ? { kind: 'log', path, message: decoded.reason } : { path, text: decoded.text };
}

const MOST_NAMES = 10;

/** A log of no container would prove nothing, and nobody would notice. */
export function strayLogs(logs: readonly Log[], resources: readonly Resource[]): Problem[] {
  if (logs.length === 0) return [];
  const containers = resources
    .filter(isWorkload)
    .flatMap((workload) => workload.template.containers.map(({ name }) => ({ workload, name })));
  const names = [...new Set(containers.map(({ name }) => name))];
  return logs
    .filter(
      ({ subject }) =>
        !containers.some(({ workload, name }) => name === subject.container && isOf(subject, workload)),
    )
    .map(({ subject, what }) => {
      const near = nearest(subject.container, names);
      const workload = subject.name ? ` of ${subject.name}` : '';
      const shown = (near.length > 0 ? near : names).slice(0, MOST_NAMES).join(', ');
      return {
        kind: 'container',
        path: what.path,
        message: `no container of the input is called ${subject.container}${workload}; there are ${shown}`,
      };
    });
}
