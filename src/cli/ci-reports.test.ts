import { basename, dirname } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { open } from '../session/session.ts';
import { reportOf, VARIED } from '../testing/report-of.ts';
import { renderForCi } from './ci-reports.ts';
import { CI_REPORTS } from './outputs.ts';

afterEach(() => void vi.unstubAllEnvs());

test.each(CI_REPORTS.filter((format) => format !== 'prometheus'))(
  '%s counts paths from where the project begins',
  (format) => {
    const session = open([], { rules: [] });
    // Markdown spells signs as entities.
    const said = (): string =>
      renderForCi(format, reportOf(VARIED), session).replace(/&#(\d+);/g, (_, code) =>
        String.fromCodePoint(Number(code)),
      );
    vi.stubEnv('GITHUB_WORKSPACE', '');
    vi.stubEnv('CI_PROJECT_DIR', '');
    const path = `${basename(process.cwd())}/dev/app.yaml`;
    expect(said()).toContain('dev/app.yaml');
    expect(said()).not.toContain(path);
    const root = dirname(process.cwd());
    vi.stubEnv(format === 'gitlab' ? 'CI_PROJECT_DIR' : 'GITHUB_WORKSPACE', root);
    expect(said()).toContain(path);
  },
);
