import { shellWord } from '../../text/shell-word.ts';
import { hostPort, type Way } from './step.ts';

/** What a person can run to ask for a route in the same way. */
export function curl({ tls, asked, path, address }: Way): string {
  const scheme = tls ? 'https' : 'http';
  const usual = tls ? 443 : 80;
  return [
    'curl',
    '-sS',
    '-i',
    ...(tls ? ['-k'] : []),
    '--connect-to',
    `${asked}:${usual}:${hostPort(address.host, address.port)}`,
    `${scheme}://${asked}${path}`,
  ]
    .map(shellWord)
    .join(' ');
}
