import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { allRules } from './index.ts';
import type { Finding } from './rule.ts';

/** Rules whose errors rest on facts without a link that says so. */
const WITHOUT_LINK = new Set(['container-port-conflict', 'service-link-collision', 'unprivileged-low-port']);

const folder = new URL('.', import.meta.url);
const pages = readdirSync(folder).filter((file) => file.endsWith('.md'));

const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: quay, labels: { app: quay } }\nspec: { ${spec} }\n`;
const service = (targetPort: number): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: quay }\nspec: { selector: { app: quay }, ports: [{ port: 80, targetPort: ${targetPort} }] }\n`;

/** Errors of rules whose pages show the usual, lower severity. */
const MORE = [
  pod('containers: [{ name: a, image: nginx, ports: [{ containerPort: 81, hostPort: 81 }] }]'),
  pod('containers: [{ name: a, image: odoo, env: [{ name: PORT, value: "8080" }] }]') + service(8080),
  pod(
    'hostNetwork: true, containers: [{ name: a, image: nginx, securityContext: { runAsUser: 101, capabilities: { drop: [ALL] } } }]',
  ),
];

/** Every manifest of the rules' pages, and those. */
const manifests = [
  ...pages
    .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/```yaml\n(.*?)```/gs)])
    .map(([, text = '']) => text),
  ...MORE,
];

const errorsOf = (text: string): Finding[] =>
  check([{ path: 'page.yaml', text, kind: 'file', editable: true }], { rules: allRules }).sets.flatMap(
    ({ findings }) => findings.filter(({ severity }) => severity === 'error'),
  );

const restsOnFacts = ({ rule, link }: Finding): boolean =>
  link?.evidence === 'inferred' || WITHOUT_LINK.has(rule);

describe('an error that rests on facts', () => {
  const errors = manifests.flatMap(errorsOf).filter(restsOnFacts);

  test('is raised by each rule that can', () => {
    const rules = new Set(errors.map(({ rule }) => rule));
    expect([...rules]).toEqual(
      expect.arrayContaining([
        'container-port-conflict',
        'ignored-port-variable',
        'implicit-target-port',
        'loopback-only-listener',
        'misdeclared-container-port',
        'misunderstood-port-variable',
        'overridden-port-variable',
        'service-link-collision',
        'unbound-probe-port',
        'unbound-target-port',
        'unprivileged-low-port',
      ]),
    );
  });

  test.each(errors.map((finding) => [finding.rule, finding.message, finding] as const))(
    '%s names its source: %s',
    (_, __, { notes, link }) => {
      expect(notes).toContainEqual(expect.stringMatching(/^source: \S/));
      const fact = link && 'process' in link ? link.process?.fact : undefined;
      expect(fact?.status).not.toBe('from memory');
    },
  );
});
