import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Where Debian and others put it; `CHROME` names another. */
export const CHROMIUM = [process.env.CHROME ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== '' && existsSync(path),
);
if (!CHROMIUM) console.warn('no chromium here: the tests of the page in a browser are skipped');

/** One browser for a file of tests, and the pages that are opened in it. */
export function openBrowser() {
  const made = mkdtempSync(join(tmpdir(), 'page-'));
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (CHROMIUM) browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(made, { recursive: true, force: true });
  });

  /** Opens an address; what the page logs, throws or asks of elsewhere is in `faults`. */
  async function open(url: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser!.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    // Its own scripts alone run in the page; axe is put into it from outside.
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
    });
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('dialog', (dialog) => {
      faults.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const own = new URL(url);
    page.on('request', (request) => {
      const asked = new URL(request.url());
      const isOwn = asked.protocol === own.protocol && asked.host === own.host;
      if (!isOwn || (own.protocol === 'file:' && asked.pathname !== own.pathname))
        faults.push(`a request: ${request.url()}`);
    });
    await page.goto(url);
    await page.waitForSelector('h1');
    return { page, faults };
  }

  /** The page of some manifests, as the command line writes it. */
  function pageOf(manifests: Readonly<Record<string, string>>, ...more: string[]): string {
    const folder = mkdtempSync(join(made, 'input-'));
    for (const [name, text] of Object.entries(manifests)) writeFileSync(join(folder, name), text);
    return pageOfPath(folder, ...more);
  }

  /** The page of a file or folder of the repository. */
  function pageOfPath(path: string, ...more: string[]): string {
    const file = join(mkdtempSync(join(made, 'page-')), 'report.html');
    const args = ['check', path, '-o', `html=${file}`, '--fail-on', 'never', ...more];
    execFileSync(process.execPath, [join(root, 'bin/portolan.cjs'), ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    return pathToFileURL(file).href;
  }

  return { open, pageOf, pageOfPath };
}

export interface Opened {
  readonly page: Page;
  readonly faults: readonly string[];
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong, each with its first place. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate(
    '(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations)()',
  )) as Violation[];
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
}
