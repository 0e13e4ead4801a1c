import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, HELM } from '../testing/renderers.ts';
import { TestRepository } from '../testing/repository.ts';
import { type Limits, rendererEnv, runRenderer } from './run-renderer.ts';

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
