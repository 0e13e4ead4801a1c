import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openBrowser, violations } from './browser.ts';

const root = resolve(import.meta.dirname, '../..');
const { open } = openBrowser();

/** `portolan ui` over a copy of an example; the address that it prints, and the file. */
async function start(...args: string[]): Promise<{ url: string; file: string; end: () => void }> {
  const cwd = mkdtempSync(join(tmpdir(), 'ui-'));
  cpSync(join(root, 'examples/broken/process-moved'), cwd, { recursive: true });
  const child = spawn(process.execPath, [join(root, 'bin/portolan.cjs'), 'ui', '.', ...args], { cwd });
  const end = (): void => {
    child.kill('SIGTERM');
    rmSync(cwd, { recursive: true, force: true });
  };
  const url = await new Promise<string>((found, lost) => {
    child.stdout.once('data', (text) => found(String(text).trim()));
    child.once('exit', (code) => {
      end();
      lost(new Error(`portolan ui ended with ${code}`));
    });
  });
  return { url, file: join(cwd, 'app.yaml'), end };
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** The same for one test. */
async function serve(...args: string[]): Promise<{ url: string; file: string }> {
  const started = await start(...args);
  ends.push(started.end);
  return started;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as it is written, whatever a browser would make of it. */
const ask = (url: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) =>
  new Promise<{ status: number; headers: Readonly<Record<string, unknown>>; text: string }>((done, fail) => {
    const asked = request(url, { method, headers }, (answer) => {
      let text = '';
      answer.on('data', (piece) => {
        text += piece;
      });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asked.on('error', fail);
    asked.end(body);
  });

describe('who is answered', () => {
  /** One that writes nothing serves all who only ask. */
  let reading: { readonly url: string; readonly file: string; readonly end: () => void };
  beforeAll(async () => {
    reading = await start();
  });
  afterAll(() => reading.end());

  test('nobody but the page itself, at the address with the token', async () => {
    const { url } = reading;
    const { origin } = new URL(url);
    const statusOf = async (path: string, asked?: Asked) => (await ask(path, asked)).status;
    // Another letter than the last one of this token, which is a random one.
    const otherToken = `${url.slice(0, -2)}${url.at(-2) === 'x' ? 'y' : 'x'}/`;
    expect(await statusOf(url)).toBe(200);
    expect(await statusOf(url, { headers: { origin } })).toBe(200);
    for (const path of ['', 'data.json', 'page.js', 'events', 'fixes']) {
      expect(await statusOf(`${origin}/${path}`)).toBe(403);
      expect(await statusOf(url + path, { headers: { host: 'evil.example' } })).toBe(403);
      expect(await statusOf(url + path, { headers: { host: `evil.example:${new URL(url).port}` } })).toBe(
        403,
      );
      expect(await statusOf(url + path, { headers: { origin: 'http://evil.example' } })).toBe(403);
      expect(await statusOf(url + path, { headers: { origin: 'null' } })).toBe(403);
      expect(await statusOf(otherToken + path)).toBe(403);
    }
    expect(await statusOf(`${url}fixes`, { method: 'POST' })).toBe(403);
    expect(await statusOf(`${url}nothing`)).toBe(404);
  });

  test('the answer runs nothing but its own files', async () => {
    const { url } = reading;
    const { headers, text } = await ask(url);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(text).not.toMatch(/<script>|<style|https?:|\son\w+=/);
  });

  test('nothing is written without leave', async () => {
    const { url, file } = reading;
    const before = readFileSync(file, 'utf8');
    const { report } = JSON.parse((await ask(`${url}data.json`)).text);
    const body = JSON.stringify({ fingerprint: report.findings[0].fingerprint, fix: 0 });
    const { origin } = new URL(url);
    const answer = await ask(`${url}fixes`, { method: 'POST', headers: { origin }, body });
    expect(answer).toMatchObject({ status: 403, text: 'nothing is written without --allow-write\n' });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('what is asked for is a fix of a finding, whatever comes', async () => {
    const { url, file } = await serve('--allow-write');
    const before = readFileSync(file, 'utf8');
    const { origin } = new URL(url);
    const post = (body: string) => ask(`${url}fixes`, { method: 'POST', headers: { origin }, body });
    for (const body of [
      '',
      '{}',
      '[]',
      'null',
      '{"fingerprint":1,"fix":0}',
      'x'.repeat(100_000),
      'x'.repeat(10_000_000),
    ])
      expect((await post(body)).status).toBe(400);
    const stray = await post('{"fingerprint":"__proto__","fix":0}');
    expect(stray.text).toBe('not applied: no finding is like this any more');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test.each(['-1', '65536', 'x'])('--port %s', async (port) => {
    await expect(serve('--port', port)).rejects.toThrow('ended with 2');
  });
});

describe.skipIf(!CHROMIUM)('the page of a server', () => {
  test('it follows a change, says so, and keeps what is open', async () => {
    const { url, file } = await serve();
    const { page, faults } = await open(`${url}#link=bind-1`);
    await page.locator('.drawer').waitFor();
    expect(await page.locator('.outcome').textContent()).toBe('The one way in is broken');
    writeFileSync(file, readFileSync(file, 'utf8').replace('targetPort: 80', 'targetPort: 3005'));
    await page.locator('.outcome', { hasText: 'The way in is whole' }).waitFor();
    expect(await page.locator('[aria-live]').textContent()).toMatch(/0 broken, 0 unproved, 1 whole/);
    expect(await page.locator('.drawing .changed').count()).toBeGreaterThan(0);
    expect(await page.locator('.drawer h2 .badge').textContent()).toBe('✓ whole');
    expect(await page.getByRole('button', { name: 'Apply' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('a fix is applied from the drawer where that is allowed', async () => {
    const { url, file } = await serve('--allow-write');
    const { page } = await open(`${url}#link=bind-1`);
    const apply = page.locator('.drawer').getByRole('button', { name: 'Apply this fix' }).first();
    await apply.waitFor();
    expect(await violations(page)).toEqual([]);
    await apply.click();
    await page.locator('.outcome', { hasText: 'The way in is whole' }).waitFor();
    expect(readFileSync(file, 'utf8')).toContain('targetPort: 3005');
  });
});
