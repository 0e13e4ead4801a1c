import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import { allRules } from '../rules/index.ts';
import { defineRule } from '../rules/rule.ts';
import { DecodedSources } from '../session/decoded-sources.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { checkLoaded } from './check.ts';
import { Kept } from './kept.ts';
import { load } from './load.ts';

const APPLICATIONS = 40;

/** Each in a namespace of its own, with a targetPort that is wrong and has a fix. */
const application = (at: number, targetPort = 8111): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: quay-${at} }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: pier, namespace: quay-${at} }
spec:
  selector: { matchLabels: { app: pier } }
  template:
    metadata: { labels: { app: pier } }
    spec: { containers: [{ name: pier, image: nginx:1.27, envFrom: [{ configMapRef: { name: pier } }] }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: pier, namespace: quay-${at} }
data: { TZ: UTC }
`;

let files: Record<string, string>;
let inferred: number;
let followed: number[];
let check: (isKept?: boolean) => string[];
beforeEach(() => {
  files = Object.fromEntries(
    Array.from({ length: APPLICATIONS }, (_, at) => [`quay-${at}.yaml`, application(at)] as const),
  );
  const counting = defineRule({
    id: 'counting',
    severity: 'info',
    summary: 'Counts.',
    check({ model }) {
      followed.push(model.resources.length);
      return [];
    },
  });
  const rules = [...allRules, counting];
  const settings = {
    ...DEFAULT_SETTINGS,
    facts: (image: string) => {
      inferred++;
      return DEFAULT_SETTINGS.facts(image);
    },
  };
  const decoded = new DecodedSources();
  const kept = new Kept();
  check = (isKept = true) => {
    [inferred, followed] = [0, []];
    decoded.begin({});
    const loaded = load(sourcesOf(files), { decoded: decoded.decode });
    decoded.end();
    const { sets } = checkLoaded(loaded, { rules, settings, kept: isKept ? kept : undefined });
    return sets.flatMap(({ findings }) =>
      findings.flatMap(({ fixes, resources }) =>
        fixes.map(({ title }) => `${resources[0]?.namespace}: ${title}`),
      ),
    );
  };
  check();
});

const ALL = 3 * APPLICATIONS;

test('nothing changed: no process is looked at again, and no fix is tried again', () => {
  expect(inferred).toBeGreaterThanOrEqual(APPLICATIONS);
  expect(followed.length).toBeGreaterThan(1);
  check();
  expect([inferred, followed]).toEqual([0, [ALL]]);
});

test('one Service changed: its own fixes are tried again, and its process alone', () => {
  const others = inferred;
  files['quay-7.yaml'] = application(7, 9000);
  check();
  const [whole, ...tried] = followed;
  expect(whole).toBe(ALL);
  expect(tried.length).toBeGreaterThan(0);
  expect(Math.max(...tried, 0)).toBeLessThanOrEqual(3);
  expect(inferred).toBeLessThan(others / 10);
});

test('a file that says the same after the next run is looked at again in neither', () => {
  files['quay-7.yaml'] = `${application(7)}---\n${application(41)}`;
  check();
  expect(inferred).toBeGreaterThan(0);
  check();
  expect([inferred, followed]).toEqual([0, [ALL + 3]]);
});

test('a policy that comes beside it: the same fix of the same finding would do harm now', () => {
  const before = check();
  expect(before).toContain('quay-7: point targetPort at `80`');
  files['policy.yaml'] = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: pier, namespace: quay-7 }
spec: { podSelector: { matchLabels: { app: pier } }, ingress: [{ ports: [{ port: 8111 }] }] }
`;
  const after = check();
  expect(after).not.toContain('quay-7: point targetPort at `80`');
  expect(after).toEqual(check(false));
  delete files['policy.yaml'];
  expect(check()).toEqual(before);
});
