import { expect, test } from 'vitest';
import { reasonOf } from './reason.ts';

const failure = (code: string | undefined, name = 'Error'): Error =>
  Object.assign(new Error('who knows'), { name, ...(code === undefined ? {} : { code }) });

test.each([
  [
    'a time that is up',
    failure(undefined, 'TimeoutError'),
    'the server does not answer in time (--request-timeout)',
  ],
  ['an end', failure(undefined, 'AbortError'), 'it was interrupted'],
  ['a port that is closed', failure('ECONNREFUSED'), 'nothing accepts connections there'],
  ['what is no HTTP', failure('HPE_INVALID_CONSTANT'), 'the server answers with what is no HTTP/1.1'],
  [
    'an alert of TLS',
    failure('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    'the server refuses the certificate of the user',
  ],
  ['a code that has no words', failure('EWHATEVER'), 'EWHATEVER'],
  ['what has no code', failure(undefined, 'TypeError'), 'TypeError: who knows'],
])('%s is told in words', (_, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
