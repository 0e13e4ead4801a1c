import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { imageOf, layoutOf, writeFiles } from '../src/images/testing-images.ts';
import { registryMissing, TestRegistry } from '../src/images/testing-registry.ts';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');
const because = registryMissing === undefined ? '' : ` (skipped: ${registryMissing})`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quay-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command beside a registry of this process, which must go on answering. */
async function portolan(
  ...args: string[]
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(folder, 'cache'),
    DOCKER_CONFIG: join(folder, 'docker'),
  };
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder, env });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (out.stdout += data));
  child.stderr.on('data', (data) => (out.stderr += data));
  const status = await new Promise<number | null>((done) => child.once('close', done));
  return { status, ...out };
}

const manifests = (image: string): string => `
apiVersion: v1
kind: Service
metadata: { name: till }
spec: { selector: { app: till }, ports: [{ port: 80, targetPort: 3000 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: till }
spec:
  selector: { matchLabels: { app: till } }
  template:
    metadata: { labels: { app: till } }
    spec: { containers: [{ name: till, image: "${image}" }] }
`;

const SERVED = { Env: ['UVICORN_HOST=0.0.0.0'], Cmd: ['uvicorn', 'till:app', '--port', '3000'] };

/** What a trace of the Service says of the last hop. */
const told = (text: string): string | undefined =>
  /listens on .*? \(\w+\)|is not in the table of image facts/.exec(text.replace(/\s*\n\s*│?\s*/g, ' '))?.[0];

test('without --images no registry is asked', async () => {
  let requests = 0;
  const server = createServer((_, answer) => {
    requests++;
    answer.end();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'app.yaml'), manifests(`${host}/harbour/till:1`));
  const { stdout } = await portolan('trace', 'svc/till', 'app.yaml');
  expect(told(stdout)).toBe('is not in the table of image facts');
  expect(requests).toBe(0);
  await portolan('trace', 'svc/till', 'app.yaml', '--images');
  expect(requests).toBeGreaterThan(0);
  server.close();
});

describe.skipIf(registryMissing !== undefined)(`a registry${because}`, () => {
  test('tells what an image starts, and a missing image is an input error', async () => {
    const registry = await TestRegistry.start();
    try {
      await registry.push('harbour/till', '1', imageOf(SERVED));
      writeFileSync(join(folder, 'app.yaml'), manifests(`${registry.host}/harbour/till:1`));
      const { stdout, status } = await portolan('trace', 'svc/till', 'app.yaml', '--images');
      expect(told(stdout)).toMatch(/^listens on 3000: --port=3000 in CMD of 127\.0\.0\.1/);
      expect(status).toBe(0);
      writeFileSync(join(folder, 'app.yaml'), manifests(`${registry.host}/harbour/lost:1`));
      const lost = await portolan('check', 'app.yaml', '--images');
      expect(lost.status).toBe(2);
      expect(lost.stdout + lost.stderr).toContain('the image cannot be looked at');
    } finally {
      await registry.stop();
    }
  });
});

test('an archive and a Dockerfile tell the same', async () => {
  writeFiles(
    join(folder, 'layout'),
    layoutOf([[imageOf(SERVED), { 'org.opencontainers.image.ref.name': 'ghcr.io/harbour/till:1' }]]),
  );
  writeFileSync(join(folder, 'app.yaml'), manifests('ghcr.io/harbour/till:1'));
  const archived = await portolan('trace', 'svc/till', 'app.yaml', '--image-archive', 'layout');
  expect(told(archived.stdout)).toMatch(/^listens on 3000: --port=3000 in CMD of /);

  mkdirSync(join(folder, 'till'));
  writeFileSync(
    join(folder, 'till/Dockerfile'),
    'FROM python:3.13\nENV UVICORN_HOST=0.0.0.0\nCMD ["uvicorn", "till:app", "--port", "3000"]\n',
  );
  const found = await portolan('trace', 'svc/till', '.');
  expect(told(found.stdout)).toBe('listens on 3000: --port=3000 in CMD of till/Dockerfile (inferred)');
  const named = await portolan(
    'trace',
    'svc/till',
    'app.yaml',
    '--dockerfile',
    'ghcr.io/harbour/till:1=till/Dockerfile',
  );
  expect(told(named.stdout)).toBe('listens on 3000: --port=3000 in CMD of till/Dockerfile (inferred)');
  const untagged = ['--dockerfile', 'ghcr.io/harbour/till=till/Dockerfile'];
  expect((await portolan('trace', 'svc/till', 'app.yaml', ...untagged)).stdout).toBe(named.stdout);
  const unmet = await portolan('check', 'app.yaml', '--dockerfile', 'tiller=till/Dockerfile');
  expect(unmet.status).toBe(2);
  expect(unmet.stdout + unmet.stderr).toContain('tiller: no image of the input has this name');
  const wrong = await portolan('check', 'app.yaml', '--dockerfile', 'till/Dockerfile');
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('is no IMAGE=PATH') });
});
