import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import type { Observation, SeenConnection, SeenSockets } from '../model/observation.ts';
import type { Report, ReportLink } from '../report/report.ts';
import { traceTarget } from '../report/trace/trace.ts';
import { allRules } from '../rules/index.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { check } from './check.ts';
import { toReport } from './to-report.ts';

const AT = '2026-11-29T12:00:00Z';
const DEPLOYMENT = { kind: 'Deployment', namespace: 'shop', name: 'web' };

const reportOf = (yaml: string, observations: readonly Observation[]): Report =>
  toReport(
    check(sourcesOf({ 'app.yaml': yaml }), {
      rules: allRules,
      settings: { ...DEFAULT_SETTINGS, observations },
    }),
    { version: '1.2.3' },
  );
const bindOf = (yaml: string, ...observations: Observation[]): ReportLink =>
  reportOf(yaml, observations).links.find(({ kind }) => kind === 'bind')!;

const web = (containers: string, targetPort: number | string = 3005, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { ${more}containers: [${containers}] }
`;
const OWN = '{ name: api, image: mycorp/api }';
const SHELF =
  '{ name: api, image: "ghcr.io/advplyr/audiobookshelf:2.17.0", ports: [{ containerPort: 3005 }] }';

const sockets = (addresses: string[], more: Partial<SeenSockets> = {}): Observation => ({
  subject: DEPLOYMENT,
  at: AT,
  what: {
    kind: 'sockets',
    all: ['TCP', 'UDP'],
    listening: addresses.map((one) => {
      const [, address, port] = /^(.*):(\d+)$/.exec(one)!;
      return { address: address!, port: Number(port), protocol: 'TCP' };
    }),
    ...more,
  },
});
const dial = (
  dialled: SeenConnection['dialled'],
  answer: SeenConnection['answer'],
  port = 3005,
): Observation => ({
  subject: DEPLOYMENT,
  at: AT,
  what: { kind: 'connection', dialled, port, protocol: 'TCP', answer },
});

describe('sockets', () => {
  test('prove a port of an image that nobody knows, with their time', () => {
    expect(bindOf(web(OWN))).toMatchObject({ state: 'unproved', evidence: 'inferred' });
    expect(bindOf(web(OWN), sockets(['0.0.0.0:3005']))).toMatchObject({
      state: 'whole',
      evidence: 'observed',
      reason: 'an open socket says so: 0.0.0.0:3005',
      grounds: [{ kind: 'socket', says: 'an open socket says so: 0.0.0.0:3005', location: null, at: AT }],
      missing: [],
    });
  });

  test('elsewhere break the link, and name where', () => {
    const report = reportOf(web(OWN), [sockets(['0.0.0.0:80'])]);
    const bind = report.links.find(({ kind }) => kind === 'bind');
    expect(bind).toMatchObject({ state: 'broken', evidence: 'observed', to: { port: { number: 80 } } });
    expect(bind!.grounds.map(({ says, at }) => `${says} ${at}`)).toEqual([
      `an open socket says so: 0.0.0.0:80 ${AT}`,
      `its TCP sockets were seen, and none is there ${AT}`,
    ]);
    expect(report.findings).toMatchObject([{ rule: 'unbound-target-port', link: bind!.id }]);
  });

  test('go before what was inferred, and say against whom', () => {
    const told = `${SHELF.slice(0, -2)}, env: [{ name: PORT, value: "8000" }] }`;
    expect(bindOf(web(told)).state).toBe('broken');
    expect(bindOf(web(told), sockets([':::3005']))).toMatchObject({
      state: 'whole',
      reason:
        'an open socket says so: [::]:3005, against 8000 (PORT=8000 from env, which the image audiobookshelf reads; default 80)',
    });
  });

  test('on loopback are reached from the Pod alone', () => {
    const { state, reason } = bindOf(web(OWN), sockets(['127.0.0.1:3005', '::1:3005']));
    expect(state).toBe('broken');
    expect(reason).toContain("listens on 3005 for its own Pod's loopback only");
    expect(bindOf(web(OWN), sockets(['127.0.0.1:3005', '10.0.0.7:3005'])).state).toBe('whole');
    expect(bindOf(web(OWN), sockets(['::ffff:127.0.0.1:3005'])).state).toBe('broken');
  });

  test('of all IPv6 addresses that the Pod refuses to IPv4 are of IPv6 alone', () => {
    const { state, reason } = bindOf(web(OWN), sockets([':::3005']), dial('pod', { kind: 'refused' }));
    expect([state, reason]).toEqual(['broken', expect.stringContaining('listens on 3005 for IPv6 alone: ')]);
    expect(
      bindOf(web(OWN), sockets([':::3005', '0.0.0.0:3005']), dial('pod', { kind: 'refused' })).reason,
    ).not.toContain('IPv6 alone');
  });

  test('that were picked out prove no absence', () =>
    expect(bindOf(web(OWN), sockets(['0.0.0.0:80'], { all: [] })).state).toBe('unproved'));

  test('of one protocol prove nothing of another', () => {
    const udp = web(OWN).replace('port: 80,', 'port: 80, protocol: UDP,');
    expect(bindOf(udp, sockets(['0.0.0.0:3005'], { all: ['TCP'] })).state).toBe('unproved');
    expect(bindOf(udp, sockets(['0.0.0.0:3005'])).state).toBe('broken');
  });

  test('are those of all containers of a Pod', () => {
    const two = `${OWN}, { name: proxy, image: mycorp/proxy }`;
    expect(bindOf(web(two), sockets(['0.0.0.0:3005', '0.0.0.0:9090'])).state).toBe('whole');
    expect(bindOf(web(two), sockets(['0.0.0.0:9090'])).state).toBe('broken');
  });

  test('of a node are not taken for those of a Pod on its network', () => {
    const host = web(OWN, 3005, 'hostNetwork: true, ');
    expect(bindOf(host, sockets(['0.0.0.0:22'])).to).toBeNull();
    expect(bindOf(host, sockets(['0.0.0.0:22'])).state).toBe('broken');
  });
});

describe('connections', () => {
  test('that are answered prove the port', () => {
    const answered = bindOf(web(OWN), dial('pod', { kind: 'http', status: 503 }));
    expect(answered).toMatchObject({ state: 'whole', evidence: 'observed' });
    expect(answered.grounds).toEqual([
      {
        kind: 'connection',
        says: "a connection to port 3005 of the Pod's address was answered with HTTP 503",
        location: null,
        at: AT,
        connection: { dialled: 'pod', port: 3005, protocol: 'TCP', answer: { kind: 'http', status: 503 } },
      },
    ]);
  });

  test('that are refused disprove it, whatever was inferred', () => {
    const there = web(SHELF, 80);
    expect(bindOf(there).state).toBe('whole');
    expect(bindOf(there, dial('pod', { kind: 'refused' }, 80))).toMatchObject({
      state: 'broken',
      evidence: 'observed',
      grounds: [{ kind: 'connection' }],
    });
  });

  test('to localhost alone prove that it is bound to loopback', () => {
    const { state, reason } = bindOf(
      web(OWN),
      dial('localhost', { kind: 'tcp' }),
      dial('pod', { kind: 'refused' }),
    );
    expect(state).toBe('broken');
    expect(reason).toContain("its own Pod's loopback only");
    expect(bindOf(web(OWN), dial('localhost', { kind: 'tcp' }))).toMatchObject({
      state: 'unproved',
      missing: [{ kind: 'observation' }, {}, {}],
    });
  });

  test('that time out prove nothing, and are told', () =>
    expect(bindOf(web(OWN), dial('pod', { kind: 'timeout' }))).toMatchObject({
      state: 'unproved',
      missing: [{ says: "a connection to port 3005 of the Pod's address timed out" }, {}, {}],
    }));
});

describe('whose it is', () => {
  const uid = (name: string): string => `uid: ${name}, `;
  const owned = (kind: string, name: string, owner: string, spec: string): string => `---
apiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}
kind: ${kind}
metadata:
  name: ${name}
  namespace: shop
  ${uid(name).replace(', ', '')}
  labels: { app: web }
  ownerReferences: [{ apiVersion: apps/v1, kind: ${owner.split('/')[0]}, name: ${owner.split('/')[1]}, uid: ${owner.split('/')[1]}, controller: true }]
spec: ${spec}
`;
  const live =
    web(OWN).replace(
      'metadata: { name: web, namespace: shop }\nspec:\n',
      'metadata: { name: web, namespace: shop, uid: web }\nspec:\n',
    ) +
    owned(
      'ReplicaSet',
      'web-1',
      'Deployment/web',
      `{ selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [${OWN}] } } }`,
    ) +
    owned('Pod', 'web-1-a', 'ReplicaSet/web-1', `{ containers: [${OWN}] }`) +
    owned('Pod', 'web-1-b', 'ReplicaSet/web-1', '{ containers: [{ name: api, image: mycorp/other }] }');
  const ofPod = (name: string): Observation => ({
    ...sockets(['0.0.0.0:3005']),
    subject: { kind: 'Pod', namespace: 'shop', name },
  });

  test('what a Pod does is told of the workload that made it', () =>
    expect(bindOf(live, ofPod('web-1-a')).state).toBe('whole'));

  test('but for one of an older template', () =>
    expect(bindOf(live, ofPod('web-1-b')).state).toBe('unproved'));

  test('and of nobody else', () => {
    expect(bindOf(live, ofPod('web-1-c')).state).toBe('unproved');
    expect(
      bindOf(live, { ...ofPod('web-1-a'), subject: { kind: 'Pod', namespace: 'other', name: 'web-1-a' } })
        .state,
    ).toBe('unproved');
  });

  test('so is its log', () => {
    const log = (container: string): Observation => ({
      subject: { kind: 'Pod', name: 'web-1-a', container },
      at: AT,
      what: { kind: 'log', path: 'app.log', text: 'Listening on port :3005\n' },
    });
    expect(bindOf(live, log('api'))).toMatchObject({ state: 'whole', grounds: [{ kind: 'log', at: AT }] });
    expect(bindOf(live, log('other')).state).toBe('unproved');
  });

  test('so that a Pod can be traced by its own name', () => {
    const report = reportOf(live, []);
    expect(report.made).toEqual([
      expect.objectContaining({ kind: 'ReplicaSet', names: ['web-1'] }),
      expect.objectContaining({ kind: 'Pod', names: ['web-1-a', 'web-1-b'] }),
    ]);
    const traced = traceTarget(report, 'deploy/web').traced.map(({ chain }) => chain.id);
    expect(traced).toHaveLength(1);
    expect(traceTarget(report, 'pod/web-1-b').traced.map(({ chain }) => chain.id)).toEqual(traced);
    expect(traceTarget(report, 'rs/web-1', 'shop').traced).toHaveLength(1);
    expect(traceTarget(report, 'pod/web-1-b', 'other').traced).toHaveLength(0);
    expect(traceTarget(report, 'pod/web-1-c').traced).toHaveLength(0);
  });

  test('Pods that differ prove neither', () => {
    const same = live.replace('mycorp/other', 'mycorp/api');
    const { state, missing } = bindOf(same, ofPod('web-1-a'), {
      ...sockets(['0.0.0.0:80']),
      subject: { kind: 'Pod', namespace: 'shop', name: 'web-1-b' },
    });
    expect(state).toBe('unproved');
    expect(missing.map(({ says }) => says)).toContain('of 2 Pods whose sockets were seen, 1 listen on 3005');
  });
});

test('the log of a run that ended tells why, and no longer what is open', () => {
  const log = (text: string, previous: boolean): Observation => ({
    subject: { ...DEPLOYMENT, container: 'api' },
    what: { kind: 'log', path: 'log', text, previous },
  });
  const failed = 'nginx: [emerg] bind() to 0.0.0.0:3005 failed (13: Permission denied)\n';
  expect(bindOf(web(OWN), log('Listening on port :3005\n', true)).state).toBe('unproved');
  expect(bindOf(web(OWN), log(failed, true)).state).toBe('broken');
  expect(bindOf(web(OWN), log(failed, true), log('Listening on port :3005\n', false)).state).toBe('whole');
});
