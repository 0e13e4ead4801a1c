import { resolve } from 'node:path';
import { listeningPorts } from '../process/logs/log-lines.ts';
import type { LogOwner, OwnedLog } from '../process/logs/observed-in-logs.ts';
import { KIND_NAMES, parseTarget } from '../report/trace/target.ts';
import { displayPath } from '../sources/display-path.ts';
import { readNamedFile } from '../sources/read-file.ts';
import { readStdin } from '../sources/stdin.ts';
import { UsageError } from './usage-error.ts';

/** One `--logs CONTAINER=FILE`, taken apart. */
export interface LogsOption {
  readonly owner: LogOwner;
  /** As it was typed; `-` is standard input. */
  readonly file: string;
}

const FORM = 'CONTAINER=FILE, with a CONTAINER such as web, shop/web or deploy/shop/web';

/**
 * Takes `web=app.log`, `shop/web=app.log` or `deploy/shop/web=-` apart. The first `=` counts, as no container's name
 * holds one.
 *
 * @throws UsageError for anything else
 */
export function parseLogsOption(text: string): LogsOption {
  const [, address = '', file = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (address === '' || file === '') throw new UsageError(`\`--logs ${text}\` is no ${FORM}`);
  const parts = address.split('/');
  if (parts.length > 3 || parts.includes(''))
    throw new UsageError(`\`${address}\` is no container; give ${FORM}`);
  const [container = '', workload, kind] = parts.reverse();
  return { owner: { container, workload, kind: kind === undefined ? undefined : kindOf(kind) }, file };
}

function kindOf(written: string): string {
  const target = parseTarget(`${written}/name`);
  if (target?.kind === 'resource') return target.resourceKind;
  throw new UsageError(`\`${written}\` is no kind; the kinds are ${KIND_NAMES.join(', ')}`);
}

/**
 * Reads the logs that `--logs` names.
 *
 * @param paths those of the manifests, of which standard input can be one
 * @throws UsageError for what cannot be read, and where standard input is asked for twice
 */
export async function readLogs(options: readonly string[], paths: readonly string[]): Promise<OwnedLog[]> {
  const parsed = options.map(parseLogsOption);
  const asked = [...paths, ...parsed.map(({ file }) => file)].filter((path) => path === '-');
  if (parsed.some(({ file }) => file === '-') && asked.length > 1)
    throw new UsageError('standard input can be read once; give the other logs and the manifests as files');
  const logs: OwnedLog[] = [];
  for (const { owner, file } of parsed) {
    const { path, text } = file === '-' ? await readPiped() : readFile(file);
    logs.push({ owner, path, observations: listeningPorts(text) });
  }
  return logs;
}

interface Read {
  readonly path: string;
  readonly text: string;
}

async function readPiped(): Promise<Read> {
  if (process.stdin.isTTY)
    throw new UsageError('`-` reads standard input, which is a terminal here; pipe a log into it');
  const answer = await readStdin();
  if ('message' in answer) throw new UsageError(`the log cannot be used: ${answer.message}`);
  return answer;
}

function readFile(file: string): Read {
  const cwd = process.cwd();
  const full = resolve(cwd, file);
  const path = displayPath(full, cwd);
  const decoded = readNamedFile(full, cwd);
  if ('reason' in decoded) throw new UsageError(`the log ${path} cannot be used: ${decoded.reason}`);
  return { path, text: decoded.text };
}
