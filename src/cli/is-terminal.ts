import { fstatSync } from 'node:fs';

export const STDOUT = 1;
export const STDERR = 2;

/**
 * Whether a person reads what is written there. Terminals are character devices: of what is none, Node is not asked, as
 * it loads half of node:net to answer for a pipe.
 */
export function isTerminal(descriptor: typeof STDOUT | typeof STDERR): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice() && process.platform !== 'win32') return false;
  } catch {
    // It is closed.
    return false;
  }
  return (descriptor === STDOUT ? process.stdout : process.stderr).isTTY === true;
}
