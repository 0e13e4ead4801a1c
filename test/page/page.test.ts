import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { CHROMIUM, openBrowser, reportIn, violations } from './browser.ts';

const { open, pageOf, pageOfPath } = openBrowser();

const at = (url: string, hash: string): string => `${url}#${hash}`;

/** What a key or an address does shows in the frame after it. */
const nextFrame = (page: Page): Promise<unknown> =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');

/** A Service whose Pods are elsewhere, and a process of which two flags are unknown. */
const DOUBTFUL = `
apiVersion: v1
kind: Service
metadata: { name: elsewhere }
spec: { selector: { app: elsewhere }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: pier }
spec:
  selector: { matchLabels: { app: pier } }
  template:
    metadata: { labels: { app: pier } }
    spec:
      containers:
        - name: pier
          image: registry.example.com/pier:1
          args: [--listen-on=x, --other=y]
          ports: [{ containerPort: 8080 }]
          readinessProbe: { tcpSocket: { port: 8080 } }
`;

describe.skipIf(!CHROMIUM)('the page of examples/broken', () => {
  test('it opens from disk, asks for nothing, and says the outcome', async () => {
    const { page, faults } = await open(pageOfPath('examples/broken'));
    expect(await page.textContent('.outcome')).toBe('7 of 8 ways in are broken');
    expect(await page.title()).toBe('✕ 7 broken · portolan');
    expect(await page.locator('.drawing svg .cross').count()).toBe(7);
    expect(await page.locator('.finding').count()).toBe(9);
    expect(faults).toEqual([]);
  });

  test('a click on a wire opens both ends, why, the fix and the rule; Escape closes it', async () => {
    const { page, faults } = await open(pageOfPath('examples/broken/process-moved'));
    const wire = await page.locator('.way .reach').last().boundingBox();
    await page.mouse.click(wire!.x + wire!.width / 2, wire!.y);
    const drawer = page.locator('.drawer');
    expect(await drawer.locator('h2').textContent()).toContain('Pod port → process');
    expect(await drawer.locator('.sentence').textContent()).toContain('listens on 3005');
    expect(await drawer.locator('.frame mark').allTextContents()).toEqual(['80', '"3005"']);
    expect(await drawer.locator('.diff del, .diff ins').allTextContents()).toEqual([
      '- targetPort: 80\n',
      '+ targetPort: 3005\n',
      '- PORT: "3005"\n',
      '+ PORT: "80"\n',
    ]);
    expect(await drawer.locator('.command code').allTextContents()).toEqual([
      'kubectl -n media port-forward svc/audiobookshelf :8080',
      'portolan trace deployment/audiobookshelf -n media examples/broken/process-moved',
    ]);
    expect(await drawer.locator('li .soft').allTextContents()).toEqual([
      '(variable, examples/broken/process-moved/app.yaml:21:9)',
      expect.stringMatching(/^\(image-fact, source: advplyr\/audiobookshelf:Dockerfile @ [0-9a-f]{12}\)$/),
    ]);
    await drawer.locator('summary', { hasText: 'The rule' }).click();
    expect(await drawer.locator('details[open] h3').textContent()).toBe('unbound-target-port');
    expect(await drawer.locator('summary', { hasText: 'The idea behind it' }).allTextContents()).toContain(
      'The idea behind it: targetPort',
    );
    expect(page.url()).toContain('link=bind-1');
    await page.keyboard.press('Escape');
    expect(await page.locator('.drawer').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('the drawer says each thing once, of links of every state', async () => {
    const url = pageOf({ 'app.yaml': DOUBTFUL });
    const { links } = reportIn(url);
    const { page } = await open(url);
    expect(new Set(links.map(({ kind, state }) => `${kind} ${state}`))).toEqual(
      new Set([
        'selector unproved',
        'selector whole',
        'target-port whole',
        'bind unproved',
        'probe unproved',
      ]),
    );
    for (const { id } of links) {
      await page.evaluate(`location.hash = '#link=${id}'`);
      const said = page.locator('.drawer').locator('.sentence, li, section p, .command code');
      await expect
        .poll(() => page.evaluate('new URLSearchParams(location.hash.slice(1)).get("link")'))
        .toBe(id);
      await nextFrame(page);
      const [sentence = '', ...below] = await said.allTextContents();
      expect(new Set(below).size).toBe(below.length);
      expect(below.filter((one) => one.includes(sentence))).toEqual([]);
    }
    await page.evaluate(`location.hash = '#link=${links.find(({ kind }) => kind === 'selector')!.id}'`);
    await page.locator('.drawer h2', { hasText: 'Service → Pods' }).waitFor();
    expect(await page.locator('.drawer .sentence').textContent()).toBe(
      'no Pod template of the input matches',
    );
    expect(await page.locator('.drawer > .ends .end').last().textContent()).toBe('? not known');
    expect(await page.locator('.drawer section p').first().textContent()).toBe(
      "the Pods' labels would prove it",
    );
    expect(await page.locator('.drawer section .end').allTextContents()).toEqual(['80 → 80']);
  });

  test('all that is chosen is in the address, and back leads back', async () => {
    const url = pageOfPath('examples/broken');
    const { page } = await open(at(url, 'ns=media&link=bind-1'));
    expect(await page.locator('h2').first().textContent()).toBe('1 of 8 ways in');
    expect(await page.locator('.drawer').count()).toBe(1);
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await page.locator('h2').first().textContent()).toBe('8 ways in');
    await page.goBack();
    expect(await page.locator('h2').first().textContent()).toBe('1 of 8 ways in');
    expect(await page.getByRole('combobox', { name: /^Namespace/ }).inputValue()).toBe('media');
  });

  test('search narrows chains and findings, and a URL is followed hop by hop', async () => {
    const { page } = await open(pageOfPath('examples/broken'));
    await page.keyboard.press('/');
    await page.keyboard.type('3005');
    expect(await page.locator('h2').first().textContent()).toBe('2 of 8 ways in');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Follow a URL').fill('http://bakery.example.com/');
    const hops = page.locator('.hops').first();
    expect(await hops.locator('h3').textContent()).toContain('bakery.example.com');
    expect(await hops.locator('li').first().textContent()).toContain('Route → Service port');
    await page.getByLabel('Follow a URL').fill('http://other.example.com/');
    expect(await page.locator('.chains').textContent()).toContain('no route serves host other.example.com');
  });

  test('the keyboard alone reaches everything', async () => {
    const { page } = await open(pageOfPath('examples/broken'));
    const press = async (key: string): Promise<void> => {
      await page.keyboard.press(key);
      await nextFrame(page);
    };
    const focused = (): Promise<string | null> =>
      page.evaluate('document.activeElement.getAttribute("data-link")');
    // The first ways in are broken at once, and have one link.
    for (let at = 0; at < 4; at++) await press('j');
    const first = await focused();
    expect(first).not.toBeNull();
    await press('l');
    expect(await focused()).not.toBe(first);
    await press('h');
    expect(await focused()).toBe(first);
    await press('j');
    await press('k');
    expect(await focused()).toBe(first);
    expect(await page.locator('.way.at').count()).toBe(1);
    const seen = new Set<string | null>();
    for (let at = 0; at < 7; at++) {
      await press('n');
      seen.add(await focused());
    }
    expect(seen.size).toBe(7);
    const last = await focused();
    await press('p');
    expect([...seen]).toContain(await focused());
    expect(await focused()).not.toBe(last);
    await press('n');
    expect(await focused()).toBe(last);
    await press('Enter');
    expect(await page.locator('.drawer h2 .badge').textContent()).toBe('✕ broken');
    expect(await page.evaluate('document.activeElement.id')).toBe('drawer-title');
    const link = await page.evaluate('new URLSearchParams(location.hash.slice(1)).get("link")');
    await press('Escape');
    expect(await focused()).toBe(link);
    await press('?');
    expect(await page.locator('.help').textContent()).toContain('next and last broken link');
    await press('Escape');
    expect(await page.locator('.help').count()).toBe(0);
    expect(await focused()).toBe(link);
  });

  test('a link that the address opens is in sight with the cards at both of its ends', async () => {
    const { page } = await open(at(pageOfPath('examples/broken/process-moved'), 'link=bind-1'));
    /** How far the last card is beyond the edge of the picture. */
    const beyond = (): Promise<number> =>
      page.evaluate(`(() => {
        const [frame, last] = [document.querySelector('.drawing'), [...document.querySelectorAll('.card')].at(-1)];
        return Math.round(last.getBoundingClientRect().right - frame.getBoundingClientRect().right);
      })()`);
    await expect.poll(beyond).toBeLessThanOrEqual(1);
    const filters = await page.locator('.filters').boundingBox();
    const drawer = await page.locator('.drawer').boundingBox();
    expect(filters!.x + filters!.width).toBeLessThanOrEqual(drawer!.x);
  });

  test('the table says of every link what the report says', async () => {
    const url = pageOfPath('examples/broken');
    const { page } = await open(at(url, 'state=broken,unproved,whole'));
    const said = Object.fromEntries(
      (await page.evaluate(
        '[...document.querySelectorAll("[data-link]")].map((one) => [one.dataset.link, one.textContent])',
      )) as [string, string][],
    );
    const { links, chains } = reportIn(url);
    const inChains = new Set(chains.flatMap((chain) => chain.links));
    for (const { id, kind, state, from, to } of links.filter((link) => inChains.has(link.id))) {
      expect(said[id]).toContain(`${state} ${kind}: `);
      for (const end of [from, to])
        if (end?.location) expect(said[id]).toContain(`${end.location.path}:${end.location.line}:`);
      for (const number of [to?.port?.number, kind === 'bind' ? from.port?.number : from.targetPort])
        if (number !== undefined) expect(said[id]).toContain(String(number));
    }
  });

  test('what narrows is told to those who do not see it', async () => {
    const { page } = await open(pageOfPath('examples/broken'));
    await page.getByRole('button', { name: '1 whole' }).click();
    await expect.poll(() => page.locator('[aria-live]').textContent()).toBe('1 way in, 0 findings');
  });
});

/** More ways in than a picture has room for. */
const MANY = Array.from(
  { length: 201 },
  (_, at) => `
apiVersion: v1
kind: Service
metadata: { name: s-${at}, namespace: team-${at % 3} }
spec: { selector: { app: s-${at} }, ports: [{ port: 80 }] }
`,
).join('---');

test.skipIf(!CHROMIUM)(
  'never more cards are drawn than somebody can look at, and what is left is told',
  async () => {
    const { page } = await open(at(pageOf({ 'app.yaml': MANY }), 'view=all'));
    const cards = page.locator('.drawing [data-card]');
    await expect.poll(() => cards.count()).toBeGreaterThan(100);
    // Each has a card for its Pods as well.
    expect(await cards.count()).toBeLessThanOrEqual(300);
    expect(await page.locator('h2').first().textContent()).toBe('201 ways in');
    await page.getByRole('button', { name: 'The next' }).click();
    await expect.poll(() => page.url()).toMatch(/skip=\d+/);
    expect(await cards.count()).toBeLessThanOrEqual(300);
  },
);

const STATES = [
  '',
  'link=bind-1',
  'view=table',
  'ns=media',
  'url=http%3A%2F%2Fbakery.example.com',
  'q=nothing-is-so',
];

describe.skipIf(!CHROMIUM).each(['light', 'dark'] as const)('axe, %s', (colorScheme) => {
  test('all that the page shows', async () => {
    const url = pageOfPath('examples/broken');
    const { page } = await open(url, { colorScheme });
    for (const hash of STATES) {
      await page.goto(at(url, hash));
      await nextFrame(page);
      expect(await violations(page), hash).toEqual([]);
    }
    await page.keyboard.press('?');
    await page.locator('.help').waitFor();
    expect(await violations(page), 'the help').toEqual([]);
  });

  test('the drawer of each state', async () => {
    for (const url of [pageOf({ 'app.yaml': DOUBTFUL }), pageOfPath('examples/broken')]) {
      const { links } = reportIn(url);
      const states = new Map(links.map((link) => [`${link.kind} ${link.state}`, link.id]));
      const { page } = await open(url, { colorScheme });
      for (const [state, id] of states) {
        await page.goto(at(url, `link=${id}`));
        await page.locator('.drawer').waitFor();
        await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
        await nextFrame(page);
        expect(await violations(page), state).toEqual([]);
      }
    }
  });

  test('an overview, and a namespace of it', async () => {
    const url = pageOf({ 'app.yaml': MANY });
    const { page } = await open(url, { colorScheme });
    await page.locator('.overview').waitFor();
    expect(await violations(page), 'the overview').toEqual([]);
    await page.locator('.overview').getByRole('button', { name: 'team-1', exact: true }).click();
    await page.locator('.drawing svg').waitFor();
    expect(page.url()).toContain('ns=team-1');
    expect(await violations(page), 'a namespace').toEqual([]);
  });

  test('a narrow window', async () => {
    const url = pageOfPath('examples/broken');
    const { page } = await open(url, { colorScheme, viewport: { width: 380, height: 700 } });
    for (const hash of ['', 'link=backend-1']) {
      await page.goto(at(url, hash));
      await nextFrame(page);
      expect(await violations(page), hash).toEqual([]);
    }
  });
});

test.skipIf(!CHROMIUM).each([
  ['reduce', 'none'],
  ['no-preference', 'flash'],
] as const)('who prefers %s sees what changed by %s', async (reducedMotion, animation) => {
  const { page } = await open(pageOfPath('examples/broken/process-moved'), { reducedMotion });
  expect(
    await page.evaluate(`(() => {
      const way = document.querySelector('.way');
      way.classList.add('changed');
      return getComputedStyle(way.querySelector('.wire')).animationName;
    })()`),
  ).toBe(animation);
});

test.skipIf(!CHROMIUM)('Tab comes to everything that can be pressed, written into or scrolled', async () => {
  const { page } = await open(at(pageOfPath('examples/broken'), 'link=bind-1'));
  const all = (await page.evaluate(`(() => {
    const found = [...document.querySelectorAll('button, a[href], input, select, summary, [tabindex="0"]')]
      .filter((one) => one.checkVisibility({ contentVisibilityAuto: false }));
    found.forEach((one, at) => { one.dataset.stop = at; });
    return found.length;
  })()`)) as number;
  await page.evaluate('document.activeElement.blur()');
  const stops = new Set<unknown>();
  for (let at = 0; at < all + 20; at++) {
    await page.keyboard.press('Tab');
    stops.add(await page.evaluate('document.activeElement.dataset.stop'));
  }
  const missed = Array.from({ length: all }, (_, stop) => String(stop)).filter((stop) => !stops.has(stop));
  expect(all).toBeGreaterThan(30);
  expect(
    await page.evaluate(
      `${JSON.stringify(missed)}.map((stop) => document.querySelector('[data-stop="' + stop + '"]').outerHTML.slice(0, 120))`,
    ),
  ).toEqual([]);
});

test.skipIf(!CHROMIUM).each([
  ['a page of twice the size', { width: 700, height: 500 }, ''],
  [
    'text of twice the size',
    { width: 1400, height: 900 },
    'document.documentElement.style.fontSize = "200%"',
  ],
])('%s: no text lies on another, and none leaves the window', async (_, viewport, script) => {
  const { page } = await open(at(pageOfPath('examples/broken'), 'link=bind-1'), { viewport });
  if (script) await page.evaluate(script);
  // What nobody has scrolled to has no layout to look at.
  await page.evaluate(
    `for (const one of document.querySelectorAll(".finding")) one.style.contentVisibility = "visible";
    for (const one of document.querySelectorAll("details")) one.open = true;`,
  );
  for (const part of ['.top', '.filters', '.drawing', '.findings', '.drawer'])
    expect(await page.evaluate(overlapsIn(part)), part).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});

/** Boxes of text that lie on each other, of elements that hold text themselves. */
const overlapsIn = (part: string): string => `(() => {
  const boxes = [...document.querySelectorAll(${JSON.stringify(`${part} *`)})]
    .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .filter((one) => !one.closest('.unseen, option'))
    .flatMap((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return [...range.getClientRects()].map((box) => ({ one, box }));
    })
    .filter(({ box }) => box.width > 1 && box.height > 1);
  return boxes.flatMap(({ one, box }, at) => boxes.slice(at + 1)
    .filter((other) => !one.contains(other.one) && !other.one.contains(one))
    .filter(({ box: b }) => Math.min(box.right, b.right) - Math.max(box.left, b.left) > 2 && Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top) > 6)
    .map((other) => one.textContent.slice(0, 40) + ' | ' + other.one.textContent.slice(0, 40)));
})()`;

test('the page without its data is at most 60 KB', () => {
  const files = ['dist/page-script.txt', 'dist/page-style.txt'];
  const packed = files.map((file) => gzipSync(readFileSync(file)).length);
  expect(packed.reduce((sum, size) => sum + size)).toBeLessThan(60_000);
  expect(statSync(fileURLToPath(pageOfPath('examples/audiobookshelf'))).size).toBeGreaterThan(10_000);
});

test.skipIf(!CHROMIUM)('who hears a picture hears what every wire says', async () => {
  const root = resolve(import.meta.dirname, '../..');
  const args = ['bin/portolan.cjs', 'map', 'examples/broken', '-o', 'svg'];
  const svg = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const { page } = await open(pageOfPath('examples/broken'));
  await page.evaluate('document.write("")');
  await page.setContent(`<!doctype html><title>a picture</title>${svg}`);
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const heard = nodes.filter(({ ignored }) => !ignored).map(({ name }) => String(name?.value));
  const says = (await page.evaluate(
    '[...document.querySelectorAll(".way > title, .object > title")].map((one) => one.textContent)',
  )) as string[];
  expect(says.length).toBeGreaterThan(30);
  expect(says.filter((one) => !heard.includes(one))).toEqual([]);
  expect(await page.locator('svg').getAttribute('role')).toBe('graphics-document document');
});

describe('-o png', () => {
  const root = resolve(import.meta.dirname, '../..');
  const draw = (env: NodeJS.ProcessEnv) =>
    spawnSync(
      process.execPath,
      [join(root, 'bin/portolan.cjs'), 'map', 'examples/audiobookshelf', '-o', 'png'],
      {
        cwd: root,
        env,
      },
    );

  test.skipIf(!CHROMIUM)('is what Chromium draws', () => {
    const { stdout, status } = draw({ ...process.env, CHROME: CHROMIUM });
    expect(status).toBe(0);
    expect(stdout.subarray(1, 4).toString('latin1')).toBe('PNG');
    // Twice the width of five lanes.
    expect(stdout.readUInt32BE(16)).toBe(2768);
  });

  test('where there is no Chromium, it says what to do', () => {
    const { stderr, status } = draw({ ...process.env, CHROME: '', PATH: root });
    expect(stderr.toString()).toContain('a png is drawn by Chromium, and none is on PATH');
    expect(status).toBe(3);
  });
});
