import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProgram } from '../render/renderers.ts';

/** As distributions and vendors call it. */
const NAMES = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  ...['microsoft-edge', 'msedge'],
];

const TIMEOUT_MS = 60_000;
/** No texture of a browser is larger. */
const MOST_PIXELS = 16_000;

/**
 * A picture as a browser of the user draws it, without a window.
 *
 * @throws Error when there is none, or it draws nothing
 */
export function pngOf(svg: string): Uint8Array {
  const browser =
    process.env.CHROME ||
    NAMES.map((name) => findProgram(process.env, [process.cwd()], name)?.path).find(Boolean);
  if (!browser)
    throw new Error(
      'a png is drawn by Chromium, and none is on PATH; install it, name it in the variable CHROME, or write `-o svg`',
    );
  const folder = mkdtempSync(join(tmpdir(), 'portolan-png-'));
  try {
    writeFileSync(join(folder, 'map.svg'), svg);
    const { error, status } = spawnSync(browser, argumentsFor(svg, folder), {
      timeout: TIMEOUT_MS,
      stdio: 'ignore',
    });
    if (error || status !== 0)
      throw new Error(`${browser} drew no picture: ${error?.message ?? `it ended with ${status}`}`);
    return readFileSync(join(folder, 'map.png'));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function argumentsFor(svg: string, folder: string): string[] {
  const [, width = '1400', height = '800'] =
    /^<svg xmlns="[^"]*" viewBox="0 0 (\d+)(?:\.\d+)? (\d+)/.exec(svg) ?? [];
  const scale = Math.max(Number(width), Number(height)) * 2 > MOST_PIXELS ? 1 : 2;
  return [
    ...[
      '--headless',
      '--disable-gpu',
      '--hide-scrollbars',
      '--no-first-run',
      '--disable-background-networking',
    ],
    // It draws a file of ours, and has nobody to ask.
    ...['--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${join(folder, 'profile')}`],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...[
      `--force-device-scale-factor=${scale}`,
      `--window-size=${width},${Math.min(Number(height), MOST_PIXELS)}`,
    ],
    `--screenshot=${join(folder, 'map.png')}`,
    pathToFileURL(join(folder, 'map.svg')).href,
  ];
}
