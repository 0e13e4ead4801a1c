import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** All that is kept, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * What renderers printed, by the content of all that went in. A folder that cannot be written is as good as an empty
 * one. Never throws.
 */
export class BuildCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param key undefined where it is not known what went in */
  get(key: string | undefined): string | undefined {
    if (key === undefined) return undefined;
    const file = join(this.#folder, key);
    try {
      const text = readFileSync(file, 'utf8');
      const [sum, ...rest] = text.split('\n');
      const body = rest.join('\n');
      if (sum !== digestOf([body])) return undefined;
      const now = new Date();
      utimesSync(file, now, now);
      return body;
    } catch {
      return undefined;
    }
  }

  /** @param key undefined where it is not known what went in */
  has(key: string | undefined): boolean {
    return key !== undefined && existsSync(join(this.#folder, key));
  }

  put(key: string | undefined, text: string): void {
    if (key === undefined || text.length > MOST_BYTES / 4) return;
    const file = join(this.#folder, key);
    const draft = `${file}.${process.pid}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, `${digestOf([text])}\n${text}`, { mode: 0o600 });
      renameSync(draft, file);
    } catch {
      rmSync(draft, { force: true });
    }
  }

  /** Forgets what was not used for longest, beyond the bound. */
  trim(): void {
    try {
      const files = readdirSync(this.#folder).map((name) => {
        const { size, mtimeMs } = statSync(join(this.#folder, name));
        return { name, size, mtimeMs };
      });
      let kept = 0;
      for (const { name, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
        kept += size;
        if (kept > MOST_BYTES) rmSync(join(this.#folder, name), { force: true });
      }
    } catch {
      // Nothing is kept, then.
    }
  }
}

/** Of several texts, none of which can pass for part of another. */
export function digestOf(parts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest('hex');
}
