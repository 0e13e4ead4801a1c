// The licences of what is bundled: their terms want them beside every copy. The library's own imports are installed by
// npm, which brings theirs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEXT = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The packages that the inputs of a bundle come from, in order: `node_modules/a/…`, `node_modules/@b/c/…`. */
const packagesOf = (inputs) =>
  [
    ...new Set(
      inputs.flatMap((file) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
    ),
  ].sort();

/** @param inputs paths of all files in the bundles */
export function notice(inputs) {
  const parts = packagesOf(inputs).map((name) => {
    const folder = join('node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder)
      .filter((file) => TEXT.test(file))
      .sort();
    if (files.length === 0) throw new Error(`${name} brings no text of its licence; say where it is`);
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
  });
  const line = `\n${'-'.repeat(80)}\n\n`;
  return `The files of this folder contain the packages below, each under its own licence.\n${line}${parts.join(line)}`;
}
