import type { KnownListener } from '../container-process.ts';
import { wordGrounds } from './ground.ts';

/**
 * How a socket is known, in one phrase: `PORT=3005 from ConfigMap media/abs-config, which the image audiobookshelf
 * reads; default 80`. Where the port was expected elsewhere, who expected it is told.
 */
export const wordListener = ({ grounds, told = grounds, against }: KnownListener): string =>
  wordGrounds(told) + (against ? `, against ${against.port} (${wordListener(against)})` : '');
