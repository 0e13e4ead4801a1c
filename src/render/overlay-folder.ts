import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { realOf } from './repository.ts';
import { LIMITS } from './run-renderer.ts';

const PREFIX = 'portolan-overlay-';
const HOST = hostname().replace(/[^\w.]/g, '_');

/** Folders that are there now. */
const open = new Set<string>();

/** Those of them that nobody uses: the next build takes one of them, as making and removing folders makes disks wait. */
const idle: string[] = [];

/**
 * A folder of its own, as runs may overlap; always its real path, as kustomize resolves links. It is in the user's cache,
 * else where the system keeps what is temporary.
 *
 * @throws Error where neither can be written
 */
export function openOverlay(cache: string): string {
  const folder = realOf(makeFolder(cache));
  open.add(folder);
  return folder;
}

export function closeOverlay(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  open.delete(folder);
}

/** One that was handed back, else a new one; it is empty. */
export const borrowOverlay = (cache: string): string => idle.pop() ?? openOverlay(cache);

/** Empties it for the next who wants one, until `removeIdleOverlays`. */
export function handBackOverlay(folder: string): void {
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
    idle.push(folder);
  } catch {
    closeOverlay(folder);
  }
}

export function removeIdleOverlays(): void {
  for (const folder of idle.splice(0)) closeOverlay(folder);
}

/** Removes what is still there when portolan is told to go. */
export function removeOverlays(): void {
  for (const folder of open) rmSync(folder, { recursive: true, force: true });
}

/** Removes what runs left that were killed: those of a process that is gone, and those older than any build. Never throws. */
export function sweepOverlays(cache: string): void {
  for (const folder of [cache, tmpdir()]) {
    for (const name of overlaysIn(folder)) {
      const path = join(folder, name);
      try {
        if (isLeftBehind(name, path)) rmSync(path, { recursive: true, force: true });
      } catch {
        // Another run was faster, or it is another user's.
      }
    }
  }
}

function makeFolder(cache: string): string {
  const prefix = `${PREFIX}${HOST}-${process.pid}-`;
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(cache, prefix));
  } catch {
    return mkdtempSync(join(tmpdir(), prefix));
  }
}

function overlaysIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function isLeftBehind(name: string, path: string): boolean {
  const [host, pid] = name.slice(PREFIX.length).split('-');
  if (host === HOST && !isRunning(Number(pid))) return true;
  return Date.now() - statSync(path).mtimeMs > 2 * LIMITS.milliseconds;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
