import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, HELM } from '../testing/renderers.ts';
import { TestRepository } from '../testing/repository.ts';
import { type Limits, rendererEnv, runRenderer, runRendererNow } from './run-renderer.ts';

const chart = (template: string): Record<string, string> => ({
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/templates/app.yaml': template,
});
const NESTED = '{{ range until 10000 }}{{ range until 10000 }}';

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository();
});
afterEach(() => repository.remove());

function template(limits: Limits) {
  const home = join(repository.root, 'home');
  mkdirSync(home);
  return runRenderer(
    { name: 'helm', file: HELM!, args: [], stamp: '' },
    ['template', 'shop', join(repository.folder, 'shop')],
    { env: rendererEnv({}, home, false), cwd: repository.folder, limits },
  );
}

describe.skipIf(HELM === undefined)(`a renderer${because('helm')}`, () => {
  test('that does not come to an end is ended', async () => {
    repository.write(chart(`${NESTED}${NESTED}{{ end }}{{ end }}{{ end }}{{ end }}\n`));
    expect(await template({ milliseconds: 1_000, bytes: 1_000 })).toEqual({
      failed: '`helm` was still running after 1 s, and was ended',
    });
  });

  test('that prints more than anybody reads is ended', async () => {
    repository.write(
      chart(
        `kind: ConfigMap\napiVersion: v1\ndata:\n{{ range until 100000 }}  k{{ . }}: {{ repeat 30 "x" }}\n{{ end }}`,
      ),
    );
    expect(await template({ milliseconds: 60_000, bytes: 1024 * 1024 })).toEqual({
      failed: '`helm` printed more than 1 MB, and was ended',
    });
  });
});

test.skipIf(!existsSync('/bin/sh'))(
  'a program that is waited for ends with whoever waits, and is given its input',
  async () => {
    const program = join(repository.root, 'program');
    const pid = join(repository.root, 'pid');
    writeFileSync(
      program,
      `#!/bin/sh\necho $$ > '${pid}'; read -r line; echo "$line $*"; exec /bin/sleep 30\n`,
    );
    chmodSync(program, 0o755);
    const printed = runRendererNow({ name: 'it', file: program, args: ['a b'], stamp: '' }, ['$(c)'], {
      env: {},
      cwd: '/',
      input: 'given\n',
      limits: { milliseconds: 500, bytes: 1000 },
    });
    expect(printed).toMatchObject({ failed: expect.stringContaining('was ended') });
    const isRunning = (): boolean => {
      try {
        return !/^State:\s+Z/m.test(readFileSync(`/proc/${readFileSync(pid, 'utf8').trim()}/status`, 'utf8'));
      } catch {
        return false;
      }
    };
    while (isRunning()) await new Promise((done) => setTimeout(done, 20));
    writeFileSync(program, '#!/bin/sh\nread -r line; echo "$line $*"\n');
    expect(
      runRendererNow({ name: 'it', file: program, args: ['a b'], stamp: '' }, ['$(c)'], {
        env: {},
        cwd: '/',
        input: 'given\n',
      }),
    ).toEqual({ text: 'given a b $(c)\n' });
  },
);
