import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../cluster/connect.ts';
import { type Handler, TestingServer } from '../../cluster/testing-server.ts';
import type { Outcome } from '../step/outcome.ts';
import { readLog } from './read-log.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const POD = { namespace: 'shop', name: 'web-0', running: ['api'] };

/** What comes of asking a server for a log. */
async function logOf(handler: Handler): Promise<Outcome> {
  const server = await TestingServer.start(handler);
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, server.kubeconfig());
  const cluster = connect({ kubeconfig, timeoutMs: 20_000 });
  try {
    return await readLog(
      {
        kind: 'log',
        pod: POD,
        container: 'api',
        previous: true,
        subject: { kind: 'Pod', namespace: 'shop', name: 'web-0' },
        command: 'kubectl logs',
      },
      {
        cluster,
        keeper: cluster,
        timeoutMs: 20_000,
        signal: new AbortController().signal,
        now: () => '2026-01-01T00:00:00Z',
        ephemeral: false,
        image: 'busybox',
      },
    );
  } finally {
    cluster.close();
    await server.stop();
  }
}

test('a log is text of any kind, and the end of one that has ended', async () => {
  const outcome = await logOf(({ url, headers }, response) => {
    // What stands between may take a client at its word.
    if (!/\*\/\*|text\/plain/.test(headers.accept ?? '')) response.writeHead(406).end();
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(`listening ${url}`);
  });
  expect(outcome).toMatchObject({
    observations: [
      {
        at: '2026-01-01T00:00:00Z',
        command: 'kubectl logs',
        what: { kind: 'log', path: 'log of Pod shop/web-0', previous: true },
      },
    ],
  });
  expect(JSON.stringify(outcome)).toMatch(
    /listening \/api\/v1\/namespaces\/shop\/pods\/web-0\/log\?container=api&limitBytes=524288&previous=true&tailLines=500/,
  );
});

test.each([
  ['{ "message": "container api is waiting to start" }', 'container api is waiting to start'],
  ['<html>', 'the server answered 400'],
])('a log that is refused says why: %s', async (body, why) => {
  const outcome = await logOf((_, response) => void response.writeHead(400).end(body));
  expect(JSON.stringify(outcome)).toContain(why);
});
