import { expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import { imageConfig } from '../process/testing-containers.ts';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './hostname-bound-listener.ts';

const service = (targetPort = 3000): string => `
apiVersion: v1
kind: Service
metadata: { name: figurehead, namespace: harbour }
spec: { selector: { app: figurehead }, ports: [{ port: 80, targetPort: ${targetPort} }] }
`;
const pod = (container: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: figurehead, namespace: harbour, labels: { app: figurehead } }
spec:
  containers:
    - name: prow
      image: ghcr.io/example/figurehead:3
      ${container.replaceAll('\n', '\n      ')}
`;
const NEXT = 'command: [node, .next/standalone/server.js]';
const MARK = ' # warning: hostname-bound-listener';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'A7 HOSTNAME says every address': all(
      service(),
      pod(`${NEXT}\nenv: [{ name: HOSTNAME, value: 0.0.0.0 }]`),
    ),
    'A7 nothing sends traffic': pod(NEXT),
    'A7 another program of Node': all(service(), pod('command: [node, server.js]')),
    'A7 next start takes every address': all(service(), pod('command: [npx, next, start]')),
    'A7 an image whose ENV is known to set it': all(
      service(),
      pod('').replace(/image: \S+/, 'image: ghcr.io/umami-software/umami:3'),
    ),
    'A7 a program that means the address of the Pod': all(
      service(7000),
      pod('').replace(/image: \S+/, 'image: cassandra:5'),
    ),
  },
  rejects: {
    'A7 the standalone server of Next.js': all(service(), pod(`${NEXT}${MARK}`)),
    'A7 on a port of its own': all(
      service(8080),
      pod(`${NEXT}${MARK}\nenv: [{ name: PORT, value: "8080" }]`),
    ),
  },
});

test('says what sets the address, and what does not reach it', () => {
  const [finding] = findingsOf(rule, sourcesOf(all(service(), pod(NEXT))));
  expect(finding!.message).toBe(
    'Pod `harbour/figurehead` listens on 3000 only at the address that HOSTNAME stands for, as .next/standalone/server.js has it',
  );
  expect(finding!.notes).toContainEqual(expect.stringMatching(/^source: vercel\/next\.js#/));
  expect(finding!.help[0]).toContain('0.0.0.0');
});

test.each([
  [{ HOSTNAME: '0.0.0.0' }, 0],
  [{}, 1],
])('A7 ENV %j of an image that was read', (env, count) => {
  const config = imageConfig({ env: new Map(Object.entries(env)) });
  const settings = { ...DEFAULT_SETTINGS, imageConfig: () => config };
  const { sets } = check(sourcesOf(all(service(), pod(NEXT))), { rules: [rule], settings });
  expect(sets.flatMap(({ findings }) => findings)).toHaveLength(count);
});
