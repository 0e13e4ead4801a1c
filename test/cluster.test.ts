import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Report } from '../src/report/report.ts';

/** Runs against whatever cluster PORTOLAN_TEST_KUBECONFIG names, in a namespace of its own; PORTOLAN_TEST_KUBECTL names a kubectl. */
const kubeconfig = process.env.PORTOLAN_TEST_KUBECONFIG;
const kubectlPath = process.env.PORTOLAN_TEST_KUBECTL ?? 'kubectl';
if (!kubeconfig) console.log('the tests of a live cluster are skipped: PORTOLAN_TEST_KUBECONFIG is not set');

const bin = resolve(import.meta.dirname, '../bin');
const namespace = `live-${randomBytes(4).toString('hex')}`;
const user = `system:serviceaccount:${namespace}:default`;
let folder: string;

const env = (): NodeJS.ProcessEnv => ({
  ...process.env,
  KUBECONFIG: kubeconfig,
  PATH: [folder, process.env.PATH].join(delimiter),
  NO_COLOR: '1',
});
const kubectl = (...args: string[]): string =>
  execFileSync(kubectlPath, args, { encoding: 'utf8', env: env(), stdio: ['ignore', 'pipe', 'pipe'] });
const portolan = (...args: string[]): { stdout: string; stderr: string; status: number | null } =>
  spawnSync(process.execPath, [join(bin, 'portolan.cjs'), ...args], {
    encoding: 'utf8',
    env: env(),
    cwd: folder,
  });
const reportOf = (...args: string[]): Report =>
  JSON.parse(portolan('check', '--cluster', '-n', namespace, '-o', 'json', ...args).stdout);

const MANIFESTS = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: htpt
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 9
---
apiVersion: v1
kind: Secret
metadata:
  name: settings
stringData:
  PORT: "8081"
  PASSWORD: rum-and-lime-of-the-bosun
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: registry.invalid/portolan-test/none:1
        ports:
        - name: http
          containerPort: 8081
        env:
        - name: PORT
          valueFrom:
            secretKeyRef:
              name: settings
              key: PORT
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
  - host: web.test
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: nosuch
            port:
              number: 80
`;

describe.skipIf(!kubeconfig)('a live cluster', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
    for (const name of ['kubectl-portolan', 'kubectl_complete-portolan'])
      symlinkSync(join(bin, `${name}.cjs`), join(folder, name));
    writeFileSync(join(folder, 'app.yaml'), MANIFESTS);
    kubectl('create', 'namespace', namespace);
    kubectl('-n', namespace, 'apply', '-f', join(folder, 'app.yaml'));
    kubectl(
      '-n',
      namespace,
      'wait',
      '--for=jsonpath={.status.replicas}=2',
      'deployment/web',
      '--timeout=60s',
    );
    const slices = ['get', 'endpointslice', '-l', 'kubernetes.io/service-name=api'];
    const ready = (): string =>
      kubectl('-n', namespace, ...slices, '-o', 'jsonpath={.items[*].endpoints[*].conditions.ready}');
    await vi.waitFor(() => expect(ready()).toBe('false false'), { timeout: 90_000, interval: 1000 });
  }, 180_000);
  afterAll(() => {
    kubectl('delete', 'namespace', namespace, '--wait=false');
    rmSync(folder, { recursive: true });
  });

  test('is what is checked, with what was seen of it', () => {
    const report = reportOf();
    expect(report.errors).toEqual([]);
    expect(report.denied).toBeUndefined();
    const found = report.findings.map(({ rule, severity, labels }) => [
      rule,
      severity,
      labels[0]?.location.path,
    ]);
    expect(found).toContainEqual(['unresolved-target-port', 'error', `cluster:${namespace}/service/web`]);
    // What a cluster does not have does not exist.
    expect(found).toContainEqual(['undefined-backend-service', 'error', `cluster:${namespace}/ingress/web`]);
    const api = report.links.find(({ kind, from }) => kind === 'target-port' && from.resource.name === 'api');
    expect(api?.grounds).toContainEqual(
      expect.objectContaining({
        kind: 'endpoint-slice',
        says: expect.stringMatching(/says 9, with 0 of 2 endpoints ready/),
      }),
    );
    // Pods are told of the workload that made them.
    expect(report.sources.map(({ path }) => path).filter((path) => /pod|replicaset/.test(path))).toEqual([]);
  });

  test('shows its objects as kubectl prints them', () => {
    const printed = kubectl('-n', namespace, 'get', 'service', 'web', '-o', 'yaml');
    const own = printed
      .replace(/^status:\n(?: {2}.*\n)+/m, '')
      .replace(/^ {2}annotations:\n(?: {4}.*\n)+/m, '')
      .split('\n');
    const { stdout } = portolan('check', '--cluster', '-n', namespace, '--rule', 'unresolved-target-port');
    const line = /service\/web:(\d+):/.exec(stdout)?.[1];
    expect(own[Number(line) - 1]).toBe('    targetPort: htpt');
    expect(stdout).toContain(`${line} │     targetPort: htpt`);
  });

  test('keeps its secrets: the key that is a port decides, and no value shows', () => {
    const { stdout, stderr } = portolan('trace', 'deploy/web', '--cluster', '-n', namespace);
    const all = stdout + stderr + JSON.stringify(reportOf());
    expect(all).not.toContain('rum-and-lime');
    expect(all).not.toContain(Buffer.from('rum-and-lime-of-the-bosun').toString('base64'));
  });

  test('says which file wrote what it has', () => {
    const { findings } = reportOf('app.yaml');
    const found = findings.filter(({ rule }) => rule === 'unresolved-target-port');
    expect(found).toHaveLength(1);
    const [label] = found[0]!.labels;
    expect(label?.origin?.path ?? label?.location.path).toBe('app.yaml');
    expect((label?.origin ?? label?.location)?.line).toBe(10);
  });

  test('lets the role `view` see all but what it names', () => {
    kubectl(
      '-n',
      namespace,
      'create',
      'rolebinding',
      'view',
      '--clusterrole=view',
      `--serviceaccount=${namespace}:default`,
    );
    const report = reportOf('--as', user);
    expect(report.errors).toEqual([]);
    expect(report.findings.map(({ rule }) => rule)).toContain('unresolved-target-port');
    expect(report.denied).toContainEqual({
      apiGroups: [''],
      resources: ['secrets'],
      verbs: ['get'],
      namespace,
    });
    expect(report.denied).toContainEqual({
      apiGroups: ['networking.k8s.io'],
      resources: ['ingressclasses'],
      verbs: ['list'],
    });
    expect(reportOf('--as', user, '--no-secrets').denied).not.toContainEqual(
      expect.objectContaining({ resources: ['secrets'] }),
    );
  });

  test('that shows nothing to the user is no clean run', () => {
    const { stdout, status } = portolan('check', '--cluster', '-n', namespace, '--as', 'nobody-here');
    expect(status).toBe(3);
    expect(stdout).toContain(`may see nothing there, namespace ${namespace}`);
    expect(stdout).toContain(`a Role of namespace ${namespace} with {apiGroups: [""]`);
  });

  test('the Roles of deploy/ are taken by the server, and allow what is asked', () => {
    const files = ['check-role.yaml', 'verify-role.yaml'].flatMap((name) => [
      '-f',
      resolve(bin, '../deploy', name),
    ]);
    expect(kubectl('apply', '--dry-run=server', ...files)).toContain('portolan-verify created');
  });

  test('is what `kubectl portolan` means where no path is given', () => {
    expect(kubectl('portolan', '--version').trim()).toBe(
      JSON.parse(readFileSync(resolve(bin, '../package.json'), 'utf8')).version,
    );
    expect(kubectl('portolan', 'trace', 'svc/web', '-n', namespace, '--help')).toContain('--context');
    const run = spawnSync(kubectlPath, ['portolan', 'check', '-n', namespace, '-q'], {
      encoding: 'utf8',
      env: env(),
      cwd: folder,
    });
    expect([run.status, run.stdout]).toEqual([
      1,
      expect.stringContaining(`cluster:${namespace}/service/web`),
    ]);
    const files = spawnSync(kubectlPath, ['portolan', 'check', 'app.yaml', '-q'], {
      encoding: 'utf8',
      env: env(),
      cwd: folder,
    });
    expect(files.stdout).not.toContain('cluster:');
    expect(kubectl('__complete', 'portolan', 'veri')).toMatch(/^verify\t.*\n:4\n/);
  });
});
