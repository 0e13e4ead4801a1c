import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkManifests } from '../../src/public/index.ts';
import { CHROMIUM, openBrowser, violations } from './browser.ts';

const root = resolve(import.meta.dirname, '../..');
const site = mkdtempSync(join(tmpdir(), 'site-'));
const { open } = openBrowser();

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
]);

let server: Server;
let origin: string;
beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/site.mjs', `--to=${site}`], { cwd: root });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://site').pathname;
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    response.writeHead(200, { 'content-type': TYPES.get(extname(path)) ?? 'text/plain' });
    response.end(readFileSync(join(site, path)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(site, { recursive: true, force: true });
});

test('every link of the docs leads to a file that is there, and no page has code of its own', () => {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
  expect(pages.length).toBeGreaterThan(100);
  const lost = pages.flatMap((page) => {
    const text = readFileSync(join(site, page), 'utf8');
    expect(text).not.toMatch(/<script>|<style/);
    return [...text.matchAll(/(?:href|src)="([^"#]+)/g)]
      .map(([, to = '']) => to)
      .filter((to) => !/^[a-z]+:/.test(to))
      .filter((to) => !readdirSync(join(site, dirname(page), dirname(to))).includes(to.split('/').at(-1)!))
      .map((to) => `${page}: ${to}`);
  });
  expect(lost).toEqual([]);
});

test('the playground without the facts and the examples is at most 300 KB', () => {
  const files = ['playground.js', 'style.css', 'index.html'];
  const packed = files.map((file) => gzipSync(readFileSync(join(site, 'playground', file))).length);
  expect(packed.reduce((sum, size) => sum + size)).toBeLessThan(300_000);
});

test('every example shows the rule that it is for', () => {
  const text = readFileSync(join(site, 'playground/examples.js'), 'utf8');
  const { rules: examples }: { rules: Record<string, { broken: string }> } = JSON.parse(
    text.slice(text.indexOf('{'), -2),
  );
  expect(Object.keys(examples).length).toBeGreaterThan(90);
  const silent = Object.entries(examples).filter(([rule, { broken }]) => {
    const { findings } = checkManifests([{ path: 'app.yaml', text: broken }]);
    return !findings.some((finding) => finding.rule === rule);
  });
  expect(silent.map(([rule]) => rule)).toEqual([]);
});

describe.skipIf(!CHROMIUM)('the playground', () => {
  const playground = (hash = '') => open(`${origin}/playground/index.html${hash}`);

  test('the chain mends as one types, and the text is in the address', async () => {
    const { page, faults } = await playground();
    expect(await page.locator('.outcome').textContent()).toBe('The one way in is broken');
    const field = page.getByLabel('Manifests, as YAML or JSON');
    const text = await field.inputValue();
    await field.fill(text.replace('targetPort: 8111', 'targetPort: 80'));
    await page.locator('.outcome', { hasText: 'The way in is whole' }).waitFor();
    await page.waitForURL(/text=/);
    const again = await open(page.url());
    expect(await again.page.getByLabel('Manifests, as YAML or JSON').inputValue()).toContain(
      'targetPort: 80\n',
    );
    expect(await again.page.locator('.outcome').textContent()).toBe('The way in is whole');
    expect(faults).toEqual([]);
  });

  test('an address that is given to the open page is followed, and the back button loses no text', async () => {
    const { page, faults } = await playground('#example=ingress');
    const field = page.getByLabel('Manifests, as YAML or JSON');
    expect(await field.inputValue()).toContain('kind: Ingress');
    await page.evaluate('location.hash = "#example=unresolved-target-port"');
    await expect.poll(() => field.inputValue()).toContain('targetPort: http-web');
    const found = page.locator('.finding', { hasText: 'unresolved-target-port' }).first();
    await found.locator('a', { hasText: 'both ends' }).click();
    await page.locator('.drawer summary', { hasText: 'named ports' }).click();
    expect(await page.locator('.drawer details[open] h3').textContent()).toBe('named ports');
    await field.fill('kind: Service # mine');
    await page.waitForURL(/text=/);
    await page.goBack();
    expect(await field.inputValue()).toBe('kind: Service # mine');
    expect(faults).toEqual([]);
  });

  test('at 1,400 pixels every card is in sight', async () => {
    for (const example of ['unbound-target-port', 'ingress', 'unresolved-target-port']) {
      const { page } = await playground(`#example=${example}`);
      const beyond = await page.evaluate(`(() => {
        const edge = document.querySelector('.drawing').getBoundingClientRect().right;
        return [...document.querySelectorAll('.drawing .card')].filter((card) => card.getBoundingClientRect().right > edge).length;
      })()`);
      expect(beyond, example).toBe(0);
    }
  });

  test('the example of a rule, its place in the text, and its page', async () => {
    const { page, faults } = await playground('#example=unresolved-target-port');
    await page.locator('.finding .frame figcaption button').first().click();
    const chosen = await page.evaluate(
      '(() => { const t = document.querySelector("textarea"); return t.value.slice(t.selectionStart, t.selectionEnd); })()',
    );
    expect(chosen).not.toBe('');
    expect(await page.locator('.finding .frame.broken mark').first().textContent()).toBe(chosen);
    expect(faults).toEqual([]);
  });

  test('what cannot be parsed is said at its line, and nothing stops', async () => {
    const { page, faults } = await playground();
    await page.getByLabel('Manifests, as YAML or JSON').fill('apiVersion: v1\nkind: Service\n\tname: x\n');
    await page.locator('.finding .badge', { hasText: 'not read' }).first().waitFor();
    expect(await page.locator('.outcome').textContent()).toBe('Nothing could be read');
    expect(await page.locator('#findings-title').textContent()).toBe('Not read');
    expect(faults).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('axe, %s', async (colorScheme) => {
    const { page } = await open(`${origin}/playground/index.html`, { colorScheme });
    expect(await violations(page)).toEqual([]);
  });
});

test('the page of a concept leads to its rules and its example, and a rule to its concept', () => {
  const concept = readFileSync(join(site, 'concepts/target-port.html'), 'utf8');
  expect(concept).toContain('<a href="../rules/implicit-target-port.html">implicit-target-port</a>');
  expect(concept).toContain('<a href="../playground/index.html#example=targetPort">Try it');
  const rule = readFileSync(join(site, 'rules/implicit-target-port.html'), 'utf8');
  expect(rule).toContain('The idea behind it: <a href="../concepts/target-port.html">targetPort</a>');
});

const PAGES = [
  'index.html',
  'rules/unbound-target-port.html',
  'docs/rules.html',
  'docs/concepts.html',
  'docs/PICTURE.html',
  'concepts/target-port.html',
];

describe.skipIf(!CHROMIUM).each(['light', 'dark'] as const)('axe, %s', (colorScheme) => {
  test.each(PAGES)('%s', async (path) => {
    const { page } = await open(`${origin}/${path}`, { colorScheme });
    expect(await violations(page)).toEqual([]);
  });
});
