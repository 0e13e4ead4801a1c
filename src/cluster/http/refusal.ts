import { hideInWords } from '../../text/secrets/hide-in-words.ts';
import { table } from '../../text/table.ts';
import type { Answer } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { type Json, textAt } from '../json.ts';
import { asked } from './exchange.ts';

const LONGEST = 300;

const WORDS = table<string>({
  401: 'it does not know who asks (401); log in again, or look at the user of the context',
  403: 'it is forbidden (403)',
  404: 'there is no such thing (404)',
  429: 'it takes no more requests for now (429)',
});

/** What a server says instead of an answer, with its own words where it has some. */
export function refusalOf(url: URL, { status, body }: Answer): ClusterError {
  const message = statusMessage(body);
  const words = WORDS[status] ?? `it answers ${status}`;
  return new ClusterError(`${asked(url)}: ${words}${message ? `: ${message}` : ''}`, { status });
}

/** A `Status` of the API; what else stands in a body is for no person. */
function statusMessage(body: Buffer): string {
  try {
    const status = JSON.parse(body.toString('utf8')) as Json;
    if (textAt(status, 'kind') !== 'Status') return '';
    return hideInWords((textAt(status, 'message') ?? '').slice(0, LONGEST)).replace(/\s+/g, ' ');
  } catch {
    return '';
  }
}
