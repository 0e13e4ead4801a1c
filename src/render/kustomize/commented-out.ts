import { resolve } from 'node:path';
import type { Kustomization } from './closure.ts';

/** What somebody took out of a kustomization's list, and may put back. */
export interface CommentedOut {
  /** Absolute; whether it leads anywhere is not known yet. */
  readonly path: string;
  readonly by: Kustomization;
  /** 1-based. */
  readonly line: number;
}

/** `# - service.yaml`, `#- path: patch.yaml # later`: an entry of a list, and nothing that is said in words. */
const ENTRY = /^[ \t]*#[# \t]*-[ \t]+(?:path:[ \t]*)?(["']?)([^\s"'#]+)\1[ \t]*(?:#.*)?$/;

/** Entries of the lists of a kustomization that are comments. */
export const commentedOutIn = (by: Kustomization): CommentedOut[] =>
  by.source.text.split(/\r\n?|\n/).flatMap((text, at) => {
    const entry = ENTRY.exec(text)?.[2];
    return entry === undefined ? [] : [{ path: resolve(by.folder, entry), by, line: at + 1 }];
  });
