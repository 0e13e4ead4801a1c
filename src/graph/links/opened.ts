import type { Unproved } from './lacks/lacking.ts';
import type { Link } from './link.ts';

/** A link that the input cannot settle after all: nothing is said of what is wrong with it, nor of what was meant. */
export const opened = <L extends Link>(link: L, lack: Unproved): L => ({
  ...link,
  ...lack,
  ...('fault' in link ? { fault: undefined } : {}),
  ...('nearest' in link ? { nearest: undefined } : {}),
});
