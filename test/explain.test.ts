import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');
const explain = (...topic: string[]) =>
  spawnSync(process.execPath, [bin, 'explain', ...topic], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });

test('without a topic, concepts are listed before rules', () => {
  const { stdout, status } = explain();
  expect(stdout).toMatch(
    /^Concepts\nchain +A request .*\n(.+\n)+\nRules\naddress-family-mismatch +warning +A /,
  );
  expect(status).toBe(0);
});

test.each([
  [['PORT'], 'PORT'],
  [['port'], 'port'],
  [['containerport'], 'containerPort'],
  [['named', 'ports'], 'named ports'],
  [['hostPort'], 'hostPort'],
  [['host-port'], 'host-port  warning'],
])('%j is the page of %s', (topic, title) => {
  const { stdout, status } = explain(...topic);
  expect(stdout.split('\n')[0]).toBe(title);
  expect(status).toBe(0);
});

test('the page of a rule ends with its concept, that of a concept with its rules', () => {
  expect(explain('undefined-backend-port').stdout).toMatch(
    /\n {2}The idea behind it: `portolan explain ingress`\.\n$/,
  );
  expect(explain('ingress').stdout).toMatch(/\n {2}Rules: `undefined-backend-port`, [^.]+\.\n$/);
});

test.each([
  ['contianer-port', '`containerPort`'],
  ['headles', '`headless`'],
  ['poort', '`port`, `PORT`'],
  ['unbound-target-prot', '`unbound-target-port`'],
  ['xyzzy', '`portolan explain` lists them'],
])('%s is nothing, and what is near is said', (topic, near) => {
  const { stderr, stdout, status } = explain(topic);
  expect(stderr).toMatch(`no rule or concept is called \`${topic}\`; `);
  expect(stderr).toContain(near);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

test('what a terminal takes for a command is not printed', () => {
  expect(explain('\u001b[31mport\u001b]0;x\u0007').stderr).not.toMatch(/[\u0007\u001b]/);
});
