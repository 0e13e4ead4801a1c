import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { readStdin } from './stdin.ts';
import { fetchUrl } from './url.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('fetches text, without its byte order mark', async () => {
  const host = await serve((_, response) => response.end('\ufeffkind: Service\n'));
  expect(await fetchUrl(`http://${host}/app.yaml`)).toEqual({
    path: `http://${host}/app.yaml`,
    kind: 'url',
    text: 'kind: Service\n',
    editable: false,
  });
});

test('credentials are used and never shown', async () => {
  const host = await serve(({ headers }, response) => response.end(headers.authorization));
  const answer = await fetchUrl(`http://bosun:s3cret@${host}/app.yaml`);
  expect(answer).toMatchObject({
    path: `http://${host}/app.yaml`,
    text: `Basic ${Buffer.from('bosun:s3cret').toString('base64')}`,
  });
  server!.closeAllConnections();
  server!.close();
  expect(JSON.stringify(await fetchUrl(`http://bosun:s3cret@${host}/app.yaml`))).not.toContain('s3cret');
});

test.each<[string, RequestListener, RegExp]>([
  ['a missing page', (_, response) => response.writeHead(404).end(), /the server answers 404/],
  [
    'a web page',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'),
    /address of the raw file/,
  ],
  ['binary data', (_, response) => response.end(Buffer.from([1, 0])), /no text/],
  ['no answer', () => {}, /does not answer in time/],
])('%s is told', async (_, answer, expected) => {
  const host = await serve(answer);
  const got = await fetchUrl(`http://${host}/app.yaml`, 300);
  expect('message' in got && got.message).toMatch(expected);
});

test('standard input is read to its end, and binary data told', async () => {
  expect(await readStdin(Readable.from([Buffer.from('kind: '), Buffer.from('Service\n')]))).toMatchObject({
    path: '-',
    text: 'kind: Service\n',
  });
  expect(await readStdin(Readable.from([Buffer.from([0])]))).toMatchObject({
    path: '-',
    message: expect.stringContaining('no text'),
  });
});
