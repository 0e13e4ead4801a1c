import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageData } from '../../src/report/page/page-data.ts';
import { asked, because, kubeconfig, ownNamespace } from './cluster.ts';

const bin = resolve(import.meta.dirname, '../../bin/portolan.cjs');

/** No image is pulled and nothing runs: what is asked is what the API server has. */
const yaml = (namespace: string, containerPort: number): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: ${namespace} }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: ${namespace} }
spec:
  replicas: 0
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: c
          image: hashicorp/http-echo:1.0
          args: ["-listen=:8080"]
          ports: [{ name: http, containerPort: ${containerPort} }]
`;

describe.skipIf(!kubeconfig)(`portolan ui --cluster${because}`, () => {
  let end = (): void => {};
  let namespace = '';
  let url = '';
  let cwd = '';
  beforeAll(async () => {
    const own = ownNamespace('ui');
    namespace = own.namespace;
    cwd = mkdtempSync(join(tmpdir(), 'ui-live-'));
    asked(['apply', '-f', '-'], yaml(namespace, 9090));
    const env = { ...process.env, KUBECONFIG: kubeconfig, NO_COLOR: '1' };
    const args = [bin, 'ui', '--cluster', '-n', namespace, '--allow-write'];
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
    end = () => {
      child.kill('SIGTERM');
      own.remove();
      rmSync(cwd, { recursive: true });
    };
    url = String((await once(child.stdout, 'data'))[0]).trim();
  }, 60_000);
  afterAll(() => end());

  const bindNow = async () => {
    const [answer] = await once(get(`${url}data.json`), 'response');
    const { report } = (await json(answer)) as PageData;
    return report.links.find(({ kind }) => kind === 'bind')!;
  };

  test('it shows what the cluster has, follows its changes, and writes nothing there', async () => {
    expect(await bindNow()).toMatchObject({
      state: 'broken',
      from: { port: { number: 9090 }, resource: { kind: 'Deployment', namespace, name: 'web' } },
      to: { port: { number: 8080 } },
    });
    const [events] = await once(get(`${url}events`), 'response');
    asked(['apply', '-f', '-'], yaml(namespace, 8080));
    // The first piece says that somebody listens.
    for await (const piece of events) if (String(piece).includes('event: change')) break;
    expect(await bindNow()).toMatchObject({ state: 'whole', from: { port: { number: 8080 } } });
    expect(readdirSync(cwd)).toEqual([]);
  });
});
