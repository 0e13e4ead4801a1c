import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { TestRepository } from '../src/testing/repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository();
});
afterEach(() => repository.remove());

/** A Dockerfile whose image a Service sends traffic to. */
const shop = (dockerfile: string, to: number, container = ''): Record<string, string> => ({
  'shop/Dockerfile': dockerfile,
  'app.yaml': `apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: ${to} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: example.com/harbour/shop:1${container} }] }
`,
});

async function bindOf(files: Record<string, string>): Promise<{ state: string; said: string }> {
  repository.write(files);
  const { links }: Report = await repository.check();
  const { state, grounds, reason, missing } = links.find(({ kind }) => kind === 'bind')!;
  const said = [...grounds.map(({ says }) => says), reason, ...missing.map(({ kind }) => kind)];
  return { state, said: said.join('; ') };
}

const KEPT = 'FROM nginx:1.27\nCOPY dist /usr/share/nginx/html\n';

test.each<[string, string, number, string, string, RegExp]>([
  ['what it builds on', KEPT, 80, '', 'whole', /default of the image nginx that shop\/Dockerfile builds on/],
  ['what it builds on, at another port', KEPT, 8080, '', 'broken', /./],
  ['arguments that say the same', KEPT, 80, ', args: [nginx, -g, daemon off;]', 'whole', /builds on/],
  ['a command that says the same', `${KEPT}CMD ["nginx", "-g", "daemon off;"]`, 80, '', 'whole', /builds on/],
  ['a command for a shell', `${KEPT}CMD nginx -g "daemon off;"`, 80, '', 'whole', /builds on/],
  ['a stage below', `FROM nginx:1.27 AS base\nFROM base\nCOPY a /srv/`, 80, '', 'whole', /builds on/],
  [
    'a program that is run',
    `${KEPT}RUN sed -i s/80/8080/ /x`,
    80,
    '',
    'unproved',
    /RUN in shop\/Dockerfile can change what/,
  ],
  [
    'configuration of its own',
    `${KEPT}COPY a.conf /etc/nginx/conf.d/default.conf`,
    80,
    '',
    'unproved',
    /writes to \/etc\/nginx\/conf.d\/default.conf, where/,
  ],
  ['files that lie anywhere', 'FROM nginx:1.27\nCOPY . .', 8080, '', 'unproved', /writes to \/, where/],
  [
    'an entry point of its own',
    `${KEPT}COPY e.sh /docker-entrypoint.d/e.sh`,
    80,
    '',
    'unproved',
    /docker-entrypoint/,
  ],
  ['a program of its own', `${KEPT}COPY nginx /usr/local/bin/nginx`, 80, '', 'unproved', /usr.local.bin/],
  ['another program', `${KEPT}ENTRYPOINT ["/srv/app"]`, 80, '', 'unproved', /./],
  ['an image that nobody knows', 'FROM example.com/a\nCOPY a /srv/', 80, '', 'unproved', /./],
])('%s', async (_, dockerfile, to, container, state, said) => {
  const bind = await bindOf(shop(dockerfile, to, container));
  expect(bind.state, bind.said).toBe(state);
  expect(bind.said).toMatch(said);
});

test('a variable of the Dockerfile moves the port of what it builds on', async () => {
  const dockerfile = 'FROM advplyr/audiobookshelf:2.17.0\nENV PORT=3005\n';
  expect(await bindOf(shop(dockerfile, 3005))).toMatchObject({ state: 'whole' });
  expect(await bindOf(shop(dockerfile, 80))).toMatchObject({ state: 'broken' });
});
