import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/**
 * The floors of the house. Each may import from itself and from the floors listed before it, besides the exceptions
 * that `without` names. Reading this list is reading the design.
 */
const FLOORS: readonly {
  readonly name: string;
  readonly pure: boolean;
  readonly without?: readonly string[];
}[] = [
  { name: 'text', pure: true },
  { name: 'model', pure: true },
  { name: 'knowledge', pure: true },
  { name: 'process', pure: true },
  { name: 'graph', pure: true },
  { name: 'questions', pure: true },
  { name: 'rules', pure: true },
  // A reporter is a function of the report alone, so that any reader can be one.
  { name: 'report', pure: true, without: ['model', 'knowledge', 'process', 'graph', 'questions', 'rules'] },
  // Sources bring text and know nothing of what it means.
  {
    name: 'sources',
    pure: false,
    without: ['model', 'knowledge', 'process', 'graph', 'questions', 'rules', 'report'],
  },
  { name: 'config', pure: true },
  // What images say of themselves: Dockerfiles, archives and registries.
  { name: 'images', pure: false, without: ['process', 'graph', 'questions', 'rules', 'report'] },
  { name: 'engine', pure: true, without: ['images'] },
  { name: 'testing', pure: false },
  { name: 'version.ts', pure: true },
  { name: 'public', pure: false, without: ['testing'] },
  { name: 'cli', pure: false, without: ['testing'] },
];

const root = new URL('.', import.meta.url);

const IMPORT = /(?:from|import) '([^']+)'|import\('([^']+)'\)/g;
const IMPURE =
  /\bconsole\.|\bprocess\.(?:env|exit|argv|std\w+|cwd|platform|hrtime|memoryUsage|on|version)\b|\bDate\.now\(|\bnew Date\(|\bMath\.random\(|\bperformance\.|\bfetch\(/;

/** What a file does that its floor forbids, in words. */
function breaches(file: string, text: string): string[] {
  const [folder = ''] = file.split('/');
  const at = FLOORS.findIndex(({ name }) => name === folder);
  const floor = FLOORS[at];
  if (!floor) return [`${file} is on no floor`];
  const found: string[] = [];
  for (const [, plain, lazy] of text.matchAll(IMPORT)) {
    const specifier = plain ?? lazy ?? '';
    if (specifier.startsWith('.')) {
      const [target = ''] = new URL(specifier, new URL(file, root)).href.slice(root.href.length).split('/');
      const targetAt = FLOORS.findIndex(({ name }) => name === target);
      if (targetAt < 0 || targetAt > at) found.push(`${file} imports upwards from ${target}`);
      if (floor.without?.includes(target)) found.push(`${file} may not import from ${target}`);
    } else if (floor.pure && specifier.startsWith('node:')) {
      found.push(`${file} must stay pure and imports ${specifier}`);
    }
  }
  // Comments may speak of what the code may not do.
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const impure = floor.pure && IMPURE.exec(code);
  if (impure) found.push(`${file} must stay pure and uses ${impure[0]}`);
  return found;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'));

test.each(files)('%s keeps to its floor', (file) => {
  expect(breaches(file, readFileSync(new URL(file, root), 'utf8'))).toEqual([]);
});

describe('a breach is seen', () => {
  test.each([
    ['rules/a.ts', "import { readFileSync } from 'node:fs';"],
    ['model/a.ts', "import { renderText } from '../report/text/render.ts';"],
    ['report/a.ts', "import { endsOf } from '../graph/ends.ts';"],
    ['report/json.ts', 'console.log(report);'],
    ['graph/a.ts', 'const now = Date.now();'],
    ['helpers/a.ts', 'export const one = 1;'],
    ['cli/a.ts', "import { testRule } from '../testing/test-rule.ts';"],
    ['engine/a.ts', "const x = await import('../cli/main.ts');"],
  ])('%s: %s', (file, text) => {
    expect(breaches(file, text)).not.toEqual([]);
  });
});
