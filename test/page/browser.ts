import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { dataOfPage } from '../../src/testing/data-of-page.ts';

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

  const opened: BrowserContext[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((context) => context.close()));
  });

  /** Opens an address; what the page logs, throws or asks of elsewhere is in `faults`. */
  async function open(url: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser!.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    opened.push(context);
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
  function pageOf(manifests: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(made, 'input-'));
    for (const [name, text] of Object.entries(manifests)) writeFileSync(join(folder, name), text);
    return pageOfPath(folder);
  }

  const pages = new Map<string, string>();

  /** The page of a file or folder of the repository; made once for all tests of a file. */
  function pageOfPath(path: string): string {
    const known = pages.get(path);
    if (known !== undefined) return known;
    const file = join(mkdtempSync(join(made, 'page-')), 'report.html');
    const args = ['check', path, '-o', `html=${file}`, '--fail-on', 'never'];
    execFileSync(process.execPath, [join(root, 'bin/portolan.cjs'), ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const url = pathToFileURL(file).href;
    pages.set(path, url);
    return url;
  }

  return { open, pageOf, pageOfPath };
}

/** What a page of a file holds. */
export function reportIn(url: string): Report {
  return JSON.parse(dataOfPage(readFileSync(fileURLToPath(url), 'utf8'))).report;
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
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source);
  const found = (await page.evaluate(
    '(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations)()',
  )) as Violation[];
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
}
