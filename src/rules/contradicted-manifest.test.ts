import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import type { Observation, Seen, Subject } from '../model/observation.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { LineStarts } from '../text/source.ts';
import { allRules } from './index.ts';

const AT = '2026-11-29T12:00:00Z';

const YAML = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: 3005
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: ghcr.io/advplyr/audiobookshelf:2.17.0
          env:
            - name: PORT
              value: "3005"
          ports:
            - containerPort: 3005
          readinessProbe:
            tcpSocket: { port: 3005 }
`;
const SERVICE: Subject = { kind: 'Service', namespace: 'shop', name: 'web' };
const DEPLOYMENT: Subject = { kind: 'Deployment', namespace: 'shop', name: 'web' };

const seen = (subject: Subject, what: Seen): Observation => ({ subject, at: AT, what });
const sockets = (...ports: number[]): Observation =>
  seen(DEPLOYMENT, {
    kind: 'sockets',
    all: ['TCP', 'UDP'],
    listening: ports.map((port) => ({ address: '0.0.0.0', port, protocol: 'TCP' })),
  });
const slice = (port: number): Observation =>
  seen(SERVICE, {
    kind: 'endpoints',
    slice: 'web-abc',
    ports: [{ name: '', port, protocol: 'TCP' }],
    ready: 1,
    notReady: 0,
  });

/** `line severity rule: message`, of every rule. */
const found = (yaml: string, ...observations: Observation[]): string[] =>
  check(sourcesOf({ 'app.yaml': yaml }), {
    rules: allRules,
    settings: { ...DEFAULT_SETTINGS, observations },
  }).sets.flatMap(({ findings }) =>
    findings.map(({ rule, severity, message, labels: [{ at }] }) => {
      const { line } = new LineStarts(at.source.text).positionOf(at.start);
      return `${line} ${severity} ${rule}: ${message}`;
    }),
  );

test('nothing is said where nothing was seen, nor where it agrees', () => {
  expect(found(YAML)).toEqual([]);
  expect(found(YAML, sockets(3005), slice(3005))).toEqual([]);
});

describe('what was seen against a declaration', () => {
  test('names both', () =>
    expect(found(YAML, slice(8080))).toEqual([
      '8 warning contradicted-manifest: Service `shop/web` forwards port 80 to 3005, but EndpointSlice web-abc says 8080',
    ]));

  test('names what cannot work and does', () =>
    expect(found(YAML.replace('targetPort: 3005', 'targetPort: gone'), slice(3005))).toEqual([
      '8 warning contradicted-manifest: Service `shop/web` forwards port 80 to `gone`, which cannot work as it stands: no TCP port of the Pod is called gone, but EndpointSlice web-abc says 3005, with 1 of 1 endpoints ready',
    ]));

  test('is told of the container that does not run', () =>
    expect(
      found(
        YAML,
        seen(
          { ...DEPLOYMENT, container: 'web' },
          { kind: 'container', state: 'waiting', reason: 'CrashLoopBackOff', ready: false, restarts: 0 },
        ),
      ),
    ).toEqual([
      '25 warning contradicted-manifest: traffic is sent to port 3005/TCP of Deployment `shop/web`, but container web is waiting: CrashLoopBackOff',
    ]));

  test('stops the traffic only where it fails', () => {
    const stops = (yaml: string, one: Observation): (true | undefined)[] =>
      check(sourcesOf({ 'app.yaml': yaml }), {
        rules: allRules,
        settings: { ...DEFAULT_SETTINGS, observations: [one] },
      }).sets.flatMap(({ findings }) => findings.map(({ stopsTraffic }) => stopsTraffic));
    expect(stops(YAML, slice(8080))).toEqual([true]);
    expect(stops(YAML.replace('targetPort: 3005', 'targetPort: gone'), slice(3005))).toEqual([undefined]);
  });
});

describe('a list of all sockets', () => {
  test('that lacks the port is an error of the rules about it, whatever the settings say', () =>
    expect(found(YAML, sockets(80)).map((one) => one.split(':')[0])).toEqual([
      '27 error unbound-probe-port',
      '8 error unbound-target-port',
    ]));

  test('shows a containerPort that is wrong and harmless', () => {
    const text = YAML.replace('targetPort: 3005', 'targetPort: 80').replace(
      'tcpSocket: { port: 3005 }',
      'tcpSocket: { port: 80 }',
    );
    expect(found(text, sockets(80)).filter((one) => one.includes('misdeclared'))).toEqual([
      '25 info misdeclared-container-port: container `web` of Deployment `shop/web` declares port 3005/TCP, but listens on 80',
    ]);
  });

  test('with the port, against the settings, warns of the next start', () => {
    const text = YAML.replace('"3005"', '"8000"');
    expect(found(text).map((one) => one.split(':')[0])).toContain('8 error unbound-target-port');
    expect(found(text, sockets(3005))).toEqual([
      '23 warning contradicted-manifest: Deployment `shop/web` was seen to listen on 3005/TCP, and its settings say 8000',
    ]);
  });
});
