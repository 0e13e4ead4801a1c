import { resolve } from 'node:path';
import type { Resource } from '../model/model.ts';
import { isWorkload } from '../model/resource-set.ts';
import { listeningPorts } from '../process/logs/log-lines.ts';
import { isLogOf, type LogOwner, type OwnedLog } from '../process/logs/observed-in-logs.ts';
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

export interface ReadLogs {
  readonly logs: readonly OwnedLog[];
  readonly problems: readonly Problem[];
}

export async function readLogs(options: readonly LogOption[], cwd: string, piped: Piped): Promise<ReadLogs> {
  const logs: OwnedLog[] = [];
  const problems: Problem[] = [];
  for (const { owner, file } of options) {
    const read = file === '-' ? await readPiped(piped) : readFile(file, cwd);
    if ('message' in read) problems.push(read);
    else logs.push({ owner, path: read.path, observations: listeningPorts(read.text) });
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
export function strayLogs(logs: readonly OwnedLog[], resources: readonly Resource[]): Problem[] {
  if (logs.length === 0) return [];
  const containers = resources
    .filter(isWorkload)
    .flatMap((workload) => workload.template.containers.map((container) => ({ workload, container })));
  const names = [...new Set(containers.map(({ container }) => container.name))];
  return logs
    .filter(({ owner }) => !containers.some(({ workload, container }) => isLogOf(owner, workload, container)))
    .map(({ owner, path }) => {
      const near = nearest(owner.container, names);
      const workload = owner.workload ? ` of ${owner.workload}` : '';
      const shown = (near.length > 0 ? near : names).slice(0, MOST_NAMES).join(', ');
      return {
        kind: 'container',
        path,
        message: `no container of the input is called ${owner.container}${workload}; there are ${shown}`,
      };
    });
}
