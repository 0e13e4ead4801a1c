import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Report, ReportLink } from '../../src/report/report.ts';
import {
  asked,
  because,
  CONTROLLER,
  CONTROLLER_TLS,
  kubeconfig,
  NODE,
  ownNamespace,
  pause,
  portolan,
  portolanOnNode,
  untilRunning,
  whenThere,
} from './cluster.ts';
import { gatewayYaml, outsideYaml, type Seed, seedYaml, tlsYaml } from './seed.ts';

const removals: (() => void)[] = [];
afterAll(() => {
  for (const remove of removals) remove();
});

const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: none, namespace: NS }
spec: { podSelector: { matchLabels: { app: abs } }, policyTypes: [Ingress] }
`;
const RIGHT: Seed = { variable: '3005', targetPort: 3005, containerPort: 3005 };

const SEEDS = {
  right: RIGHT,
  containerPort: { ...RIGHT, containerPort: 80 },
  targetPort: { ...RIGHT, variable: '80' },
  loopback: { ...RIGHT, host: '127.0.0.1' },
  name: { ...RIGHT, targetPort: 'htpt' },
  policy: { ...RIGHT, more: POLICY },
  className: { ...RIGHT, className: 'nginx' },
} as const satisfies Readonly<Record<string, Seed>>;
type Story = keyof typeof SEEDS;

/** Each seed in a namespace of its own; they are applied and waited for at once, and used by all tests. */
const applied = new Map<Story, { readonly namespace: string; readonly files: Record<string, string> }>();
const of = (story: Story): { namespace: string; files: Record<string, string> } => applied.get(story)!;

beforeAll(async () => {
  if (!kubeconfig) return;
  for (const [story, seed] of Object.entries(SEEDS)) {
    const { namespace, remove } = ownNamespace('verify-seed');
    removals.push(remove);
    const yaml = seedYaml(namespace, seed).replaceAll('NS }', `${namespace} }`);
    applied.set(story as Story, { namespace, files: { 'app.yaml': yaml } });
  }
  const { namespace } = of('right');
  tlsSecret(namespace, `*.${namespace}.example.com`);
  const host = `gate.${namespace}.example.com`;
  const more = [gatewayYaml(namespace, host), tlsYaml(namespace), outsideYaml(namespace)];
  const seeds = [...applied.values()].map(({ files }) => files['app.yaml']!);
  asked(['apply', '-f', '-'], [...seeds, ...more].join('---\n'));
  await Promise.all([...applied.values()].map((one) => untilRunning(one.namespace)));
  asked(['-n', namespace, 'wait', '--for=condition=Programmed', 'gateway/gate', '--timeout=60s']);
  // The controller of routes and kube-proxy follow within a second or two.
  await pause(2_500);
}, 180_000);

/** A certificate that nobody signed. */
function tlsSecret(namespace: string, name: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-tls-'));
  removals.push(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const how = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`];
  execFileSync('openssl', ['req', ...how, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  asked(['-n', namespace, 'create', 'secret', 'tls', 'gate', '--key', key, '--cert', cert]);
}

/** What `verify` says of the way in to a story. */
async function verified(
  story: Story,
  ...flags: string[]
): Promise<{ namespace: string; text: string; status: number | null; report: Report }> {
  const { namespace, files } = of(story);
  const run = await portolan(
    [
      ...['verify', `${namespace}.example.com`, 'app.yaml', '--through', CONTROLLER],
      ...['-o', 'text', '-o', 'json=report.json', ...flags],
    ],
    files,
  );
  if (!run.report) throw new Error(run.stderr);
  return { namespace, text: run.stdout.replace(/\s+/g, ' '), status: run.status, report: run.report };
}

const linkOf = ({ links }: Report, kind: string): ReportLink => links.find((one) => one.kind === kind)!;
const liars = (report: Report, verdict: 'cause' | 'harmless' | 'suspect'): string[] =>
  report.links.flatMap(({ witnesses = [] }) =>
    witnesses.filter((one) => one.verdict === verdict).map(({ who, says }) => `${who} ${says}`),
  );
const answerOf = (report: Report, dialled: string): unknown =>
  report.links.flatMap(({ grounds }) => grounds).find(({ connection }) => connection?.dialled === dialled)
    ?.connection?.answer;

describe.skipIf(!kubeconfig)(`the seed's story, live${because}`, () => {
  test.concurrent('PORT=3005 of a ConfigMap, and all agree', async () => {
    const { text, status, report } = await verified('right');
    expect(answerOf(report, 'controller')).toEqual({ kind: 'http', status: 200, by: 'application' });
    expect(linkOf(report, 'bind')).toMatchObject({ state: 'whole', evidence: 'observed' });
    expect(liars(report, 'cause')).toEqual([]);
    expect(text).toContain('whole: every link holds');
    expect(status).toBe(0);
  }, 120_000);

  test.concurrent('a wrong containerPort is harmless', async () => {
    const { status, report, text } = await verified('containerPort');
    expect(answerOf(report, 'controller')).toMatchObject({ status: 200 });
    expect(liars(report, 'harmless')).toEqual(['containerPort 80']);
    expect(text).toContain('containerPort (what `describe` shows) is wrong and harmless');
    expect(status).toBe(0);
  }, 120_000);

  test.concurrent('a wrong targetPort is why clients get 502', async () => {
    const { status, report, text } = await verified('targetPort');
    expect(answerOf(report, 'controller')).toEqual({ kind: 'http', status: 502, by: 'controller' });
    expect(answerOf(report, 'service')).toEqual({ kind: 'refused' });
    expect(linkOf(report, 'bind')).toMatchObject({ state: 'broken', evidence: 'observed' });
    expect(liars(report, 'cause')).toEqual(['targetPort 3005']);
    expect(liars(report, 'harmless')).toEqual(['containerPort 3005']);
    expect(text).toContain('targetPort is wrong, and is why clients get 502');
    expect(status).toBe(1);
  }, 120_000);

  test.concurrent('a process that is bound to loopback answers a port-forward alone', async () => {
    const { status, report, text } = await verified('loopback');
    expect(answerOf(report, 'pod')).toEqual({ kind: 'refused' });
    expect(answerOf(report, 'localhost')).toMatchObject({ kind: 'http', status: 200 });
    expect(liars(report, 'cause')).toEqual(['socket 127.0.0.1:3005']);
    expect(text).toMatch(/the address that the process binds \(loopback[^)]*\)\s+is\s+wrong/);
    expect(status).toBe(1);
  }, 120_000);

  test.concurrent('a name that no port has', async () => {
    const { status, report, text } = await verified('name');
    expect(answerOf(report, 'service')).toEqual({ kind: 'refused' });
    expect(answerOf(report, 'controller')).toMatchObject({ kind: 'http', by: 'controller' });
    expect(liars(report, 'cause')).toEqual(['targetPort htpt']);
    expect(text).toContain('unresolved-target-port');
    expect(status).toBe(1);
  }, 120_000);

  test.concurrent('a policy that keeps clients out, or is not enforced', async () => {
    const { namespace, report, text, status } = await verified(
      'policy',
      '--pod',
      '--pod-image',
      'busybox:1.35',
    );
    expect(text).toMatch(/NetworkPolicy [^ ]*none[^ ]* lets (?:│ )?nothing/);
    const inside = report.links
      .flatMap(({ grounds }) => grounds)
      .filter(({ connection }) => connection?.from === 'pod');
    const isEnforced = inside.some(({ connection }) => connection?.answer.kind === 'timeout');
    expect(inside.length).toBeGreaterThan(0);
    expect(status).toBe(isEnforced ? 1 : 0);
    const notes = report.findings.flatMap((one) => (one.rule === 'blocked-port' ? one.notes : []));
    expect(notes.some((note) => note.includes('does not enforce NetworkPolicies'))).toBe(!isEnforced);
    expect(
      asked(['-n', namespace, 'get', 'pods', '-l', 'app.kubernetes.io/managed-by=portolan', '-o', 'name']),
    ).toBe('');
  }, 180_000);

  test.concurrent('a class that nobody serves', async () => {
    const { status, report, text } = await verified('className');
    expect(answerOf(report, 'service')).toMatchObject({ status: 200 });
    expect(answerOf(report, 'controller')).toEqual({ kind: 'http', status: 404, by: 'controller' });
    expect(liars(report, 'suspect')).toEqual(['ingressClassName nginx']);
    expect(text).toContain('ingressClassName may be wrong, and why clients get 404');
    expect(status).toBe(1);
  }, 120_000);

  const OWN = 'app.kubernetes.io/managed-by=portolan';
  const ownPods = (namespace: string): string =>
    asked(['-n', namespace, 'get', 'pods', '-l', OWN, '-o', 'name']);

  // By themselves: what others ask in between keeps the signal waiting until the run is over.
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'the Pod that looks from inside is gone after %s',
    async (signal) => {
      const { namespace, files } = of('right');
      let interrupted = false;
      const run = await portolan(
        ['verify', 'svc/abs', 'app.yaml', '--pod', '--pod-image', 'busybox:1.35'],
        files,
        (child) => {
          const stop = whenThere(namespace, 'pods', OWN, () => {
            interrupted = true;
            child.kill(signal);
          });
          child.on('close', stop);
        },
      );
      expect(interrupted).toBe(true);
      await vi.waitFor(() => expect(ownPods(namespace)).toBe(''), { timeout: 20_000 });
      expect(run.stderr).toContain('stopped');
      expect(run.status).toBe(3);
    },
    120_000,
  );

  test.concurrent('a dry run says what it would ask, and asks it not', async ({ expect }) => {
    const { namespace, files } = of('right');
    const { stdout, status } = await portolan(
      ['verify', 'svc/abs', 'app.yaml', '--dry-run', '--pod', '--pod-image', 'busybox:1.35'],
      files,
    );
    expect(
      stdout
        .replace(/abs-[a-z0-9]+-[a-z0-9]+/g, 'POD')
        .replaceAll(namespace, 'NS')
        .replace(/10\.\d+\.\d+\.\d+/g, 'IP'),
    ).toMatchInlineSnapshot(`
      "read the log of container abs of Pod NS/POD
          GET /api/v1/namespaces/NS/pods/POD/log?container=abs
          $ kubectl -n NS logs POD -c abs
      dial port 3005 of the address of Pod NS/POD
          GET /api/v1/namespaces/NS/pods/POD:3005/proxy/
          $ kubectl -n NS get --raw /api/v1/namespaces/NS/pods/POD:3005/proxy/
      dial port 3005 of localhost in Pod NS/POD
          PORT-FORWARD /api/v1/namespaces/NS/pods/POD/portforward?ports=3005: GET /
          $ kubectl -n NS port-forward POD :3005  # and curl the port that it names
      list the sockets of Pod NS/POD
          EXEC /api/v1/namespaces/NS/pods/POD/exec: cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
          $ kubectl -n NS exec POD -c abs -- cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
      ask Service NS/abs at port 80
          GET /api/v1/namespaces/NS/services/abs:80/proxy/
          $ kubectl get --raw /api/v1/namespaces/NS/services/abs:80/proxy/
      run one Pod in namespace NS that dials abs.NS.svc:80, IP:3005, and delete it
          POST /api/v1/namespaces/NS/pods
          GET /api/v1/namespaces/NS/pods/NAME and NAME/log
          DELETE /api/v1/namespaces/NS/pods/NAME
          $ kubectl -n NS run look --rm -it --restart=Never --image=busybox:1.35 -- sh
      "
    `);
    expect(status).toBe(0);
    expect(ownPods(namespace)).toBe('');
  }, 120_000);

  test.concurrent('of each role what docs/CLUSTER.md says of it', async ({ expect }) => {
    const { namespace, files } = of('right');
    const roles = ['check-role.yaml', 'verify-role.yaml'].map((name) =>
      readFileSync(resolve(import.meta.dirname, '../../deploy', name), 'utf8'),
    );
    const [checkRole, clusterRole, verifyRole] = ['check', 'check-cluster', 'verify'].map(
      (name) => `${namespace}-${name}`,
    ) as [string, string, string];
    asked(['apply', '-f', '-'], roles.join('---\n').replaceAll('name: portolan-', `name: ${namespace}-`));
    removals.push(() => asked(['delete', 'clusterrole', checkRole, clusterRole, verifyRole, '--wait=false']));
    const bind = (account: string, clusterRole: string): string =>
      asked([
        ...['-n', namespace, 'create', 'rolebinding', `${account}-${clusterRole}`],
        ...[`--clusterrole=${clusterRole}`, `--serviceaccount=${namespace}:${account}`],
      ]);
    for (const account of ['viewer', 'checker', 'verifier', 'all']) bind(account, 'view');
    for (const account of ['checker', 'all']) bind(account, checkRole);
    for (const account of ['verifier', 'all']) bind(account, verifyRole);
    asked([
      ...['create', 'clusterrolebinding', clusterRole],
      ...[`--clusterrole=${clusterRole}`, `--serviceaccount=${namespace}:all`],
    ]);
    removals.push(() => asked(['delete', 'clusterrolebinding', clusterRole, '--wait=false']));
    const as = (account: string): string[] => ['--as', `system:serviceaccount:${namespace}:${account}`];
    const deniedTo = async (account: string): Promise<string[] | undefined> => {
      const flags = ['--cluster', '-n', namespace, ...as(account), '-o', 'json=report.json'];
      const { report } = await portolan(['check', ...flags]);
      return report?.denied?.flatMap(({ resources }) => resources).toSorted();
    };
    const verifiedBy = (account: string): ReturnType<typeof portolan> => {
      return portolan(
        ['verify', 'svc/abs', 'app.yaml', ...as(account), '-o', 'text', '-o', 'json=report.json'],
        files,
      );
    };
    const bare = ['verify', 'svc/abs', '-n', namespace, '--as', `system:serviceaccount:${namespace}:nobody`];
    const [nobody, viewer, verifier, ...denied] = await Promise.all([
      portolan(bare),
      verifiedBy('viewer'),
      verifiedBy('verifier'),
      ...['viewer', 'checker', 'verifier', 'all'].map(deniedTo),
    ]);
    const classes = ['gatewayclasses', 'ingressclasses'];
    // The kinds whose `view` nobody has extended are those of the cluster's own APIs.
    expect(denied[0]).toEqual(expect.arrayContaining([...classes, 'httproutes', 'ingressroutes']));
    expect(denied.slice(1)).toEqual([classes, denied[0], undefined]);
    expect(nobody.status).toBe(3);
    expect(nobody.stderr).toContain('may see nothing there');
    expect(nobody.stderr).toContain(`a Role of namespace ${namespace} with {apiGroups: [""]`);
    // `view` has logs, and neither exec nor the proxies.
    const text = viewer.stdout.replace(/\s+/g, ' ');
    expect(text).toContain('its log says so');
    for (const right of ['pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy'])
      expect(text).toMatch(new RegExp(`cannot \\w+ resource "${right}"`));
    expect(viewer.report?.steps?.map(({ state }) => state)).toEqual(['done', ...Array(4).fill('failed')]);
    expect(verifier.report?.steps?.map(({ state }) => state)).toEqual(Array(5).fill('done'));
    expect([viewer.status, verifier.status]).toEqual([0, 0]);
  }, 120_000);

  /** What `verify` of an https URL met at the controller. */
  async function metAt(
    host: string,
    files: Record<string, string>,
  ): Promise<{ met: unknown[]; report: Report; status: number | null }> {
    const through = ['--through', `http://${CONTROLLER}`, '--through', `https://${CONTROLLER_TLS}`];
    const run = await portolan(
      ['verify', `https://${host}/`, '.', ...through, '-o', 'json=report.json'],
      files,
    );
    if (!run.report) throw new Error(run.stderr);
    const met = run.report.links
      .filter(({ kind }) => kind === 'backend')
      .flatMap(({ grounds }) => grounds)
      .flatMap(({ connection }) =>
        connection?.dialled === 'controller' ? [[connection.port, connection.answer]] : [],
      );
    return { met, report: run.report, status: run.status };
  }
  const BY_APPLICATION = { kind: 'http', status: 200, by: 'application' };
  const UNKNOWN = { kind: 'http', status: 404, by: 'controller' };

  test.concurrent('routes of the Gateway API with TLS: the right host is answered, another is not known', async ({
    expect,
  }) => {
    const { namespace, files } = of('right');
    const host = `gate.${namespace}.example.com`;
    const right = await metAt(host, { ...files, 'gate.yaml': gatewayYaml(namespace, host) });
    expect(right.met).toContainEqual([443, BY_APPLICATION]);
    expect(right.status).toBe(0);
    const wrong = `gat.${namespace}.example.com`;
    const other = await metAt(wrong, { ...files, 'gate.yaml': gatewayYaml(namespace, wrong) });
    expect(other.met).toContainEqual([443, UNKNOWN]);
    expect(other.status).toBe(1);
  }, 120_000);

  test.concurrent('an Ingress with TLS that the controller takes without alone', async ({ expect }) => {
    const { namespace, files } = of('right');
    const yaml = { ...files, 'tls.yaml': tlsYaml(namespace) };
    const plain = await metAt(`plain.${namespace}.example.com`, yaml);
    expect(plain.met).toContainEqual([443, UNKNOWN]);
    expect(plain.met).toContainEqual([80, BY_APPLICATION]);
    expect(liars(plain.report, 'suspect')).toEqual([
      'controller it has no such route at port 443 (404), and serves the class at port 80',
    ]);
    expect(plain.status).toBe(1);
  }, 120_000);

  test.concurrent('the name in TLS is that of the route', async ({ expect }) => {
    const { namespace, files } = of('right');
    // Its options for TLS are of its own: without the name the controller answers 421, Misdirected Request.
    const taken = await metAt(`taken.${namespace}.example.com`, { ...files, 'tls.yaml': tlsYaml(namespace) });
    expect(taken.met).toContainEqual([443, BY_APPLICATION]);
    expect(taken.status).toBe(0);
  }, 120_000);

  test.concurrent.skipIf(!NODE)(
    `ports of the node, from the node${NODE ? '' : ' (not run: PORTOLAN_TEST_NODE names no command that runs another on a node)'}`,
    async ({ expect }) => {
      const { namespace } = of('right');
      const run = portolanOnNode(['verify', '-n', namespace, '--outside', '-o', 'json']);
      const report = JSON.parse(run.stdout) as Report;
      const met = report.links.flatMap(({ kind, from, state, grounds }) =>
        grounds.flatMap(({ connection }) =>
          connection?.dialled === 'node'
            ? [[kind, from.resource.name, connection.answer.kind, state].join(' ')]
            : [],
        ),
      );
      // Of a type that has a port at each node; `shut` leads to a port that nobody listens at.
      expect(met.toSorted()).toEqual([
        'host local http whole',
        'host node http whole',
        'host shut refused whole',
      ]);
      expect(report.steps?.map(({ says }) => says)).toContain(
        `Service ${namespace}/name is of type ExternalName: a name of the DNS, which the API server asks for nobody`,
      );
    },
    120_000,
  );
});
