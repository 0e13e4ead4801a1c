import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchUrl } from './url.ts';

const servers: Server[] = [];
afterEach(closeAll);

function closeAll(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
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
  closeAll();
  expect(JSON.stringify(await fetchUrl(`http://bosun:s3cret@${host}/app.yaml`))).not.toContain('s3cret');
});

test('a token in the query is used and never shown, and what else is there stays', async () => {
  const host = await serve(({ url }, response) => response.end(url));
  expect(await fetchUrl(`http://${host}/app.yaml?ref=a%20b&token=s3cret`)).toMatchObject({
    path: `http://${host}/app.yaml?ref=a+b&token=***`,
    text: '/app.yaml?ref=a%20b&token=s3cret',
  });
  expect(await fetchUrl(`http://${host}/app.yaml?ref=a%20b`)).toHaveProperty(
    'path',
    `http://${host}/app.yaml?ref=a%20b`,
  );
  closeAll();
  const lost = await fetchUrl(`http://${host}/app.yaml?X-Amz-Signature=s3cret&private_token=s3cret`);
  expect(JSON.stringify(lost)).not.toContain('s3cret');
});

test.each<[string, RequestListener, RegExp]>([
  ['a missing page', (_, response) => response.writeHead(404).end(), /the server answers 404/],
  [
    'a web page',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'),
    /address of the raw file/,
  ],
  [
    'binary data',
    (_, response) => response.end(Buffer.from([1, 0])),
    /^this is not text \(binary data at byte 1\)$/,
  ],
  ['no answer', () => {}, /does not answer in time/],
  ['an answer that does not end', (_, response) => void response.write('kind: '), /does not answer in time/],
  [
    'a redirect to a file',
    (_, response) => response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
    /^this cannot be fetched: /,
  ],
  [
    'a redirect to itself',
    (_, response) => response.writeHead(302, { location: '/app.yaml' }).end(),
    /^this cannot be fetched: redirect count exceeded$/,
  ],
])('%s is told', async (_, answer, expected) => {
  const host = await serve(answer);
  const got = await fetchUrl(`http://${host}/app.yaml`, { timeoutMs: 300 });
  expect('message' in got && got.message).toMatch(expected);
});

test('a web page that shows a file in a repository: its raw address is named', async () => {
  const host = await serve((_, response) =>
    response.writeHead(200, { 'content-type': 'Text/HTML' }).end('<p>'),
  );
  expect(await fetchUrl(`http://${host}/harbour/shop/blob/main/app.yaml`)).toMatchObject({
    message: `the server answers with a web page; give the address of the raw file, such as http://${host}/harbour/shop/raw/main/app.yaml`,
  });
});

test('redirects are followed, and credentials stay with the host they were meant for', async () => {
  const other = await serve(({ headers }, response) => response.end(`seen: ${headers.authorization}`));
  const host = await serve((_, response) =>
    response.writeHead(302, { location: `http://${other}/there.yaml` }).end(),
  );
  expect(await fetchUrl(`http://bosun:s3cret@${host}/app.yaml`)).toMatchObject({
    path: `http://${host}/app.yaml`,
    text: 'seen: undefined',
  });
});

test('the password in a redirect is not shown', async () => {
  const host = await serve((_, response) =>
    response.writeHead(302, { location: 'http://bosun:s3cret@127.0.0.1:1/' }).end(),
  );
  const answer = await fetchUrl(`http://${host}/app.yaml`);
  expect(answer).toHaveProperty('message');
  expect(JSON.stringify(answer)).not.toContain('s3cret');
});

test('an answer without end is not read beyond 64 MiB', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  let isClosed: Promise<unknown> | undefined;
  const host = await serve((_, response) => {
    isClosed = new Promise((done) => response.once('close', done));
    const more = (): void => {
      while (response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  expect(await fetchUrl(`http://${host}/app.yaml`)).toMatchObject({
    message: 'the answer is larger than 64 MiB',
  });
  await isClosed;
});

test('a refused answer lets go of the connection', async () => {
  let isClosed: Promise<unknown> | undefined;
  const host = await serve((_, response) => {
    isClosed = new Promise((done) => response.once('close', done));
    response.writeHead(503).write('wait');
  });
  expect(await fetchUrl(`http://${host}/app.yaml`)).toMatchObject({
    message: 'the server answers 503 Service Unavailable',
  });
  await isClosed;
});

test.each([
  ['http://bosun:s3%zzcret@127.0.0.1:1/app.yaml', 'http://127.0.0.1:1/app.yaml', /^this cannot be fetched: /],
  ['http://bosun:s3@cret@harbour:99999/a.yaml', 'http://harbour:99999/a.yaml', /^this is not a URL$/],
  [
    'ftp://bosun:s3cret@harbour/a.yaml',
    'ftp://harbour/a.yaml',
    /^only http and https addresses are fetched$/,
  ],
  ['file:///etc/hostname', 'file:///etc/hostname', /^only http and https addresses are fetched$/],
])('%s is told as %s', async (address, path, message) => {
  expect(await fetchUrl(address)).toMatchObject({ path, message: expect.stringMatching(message) });
});
