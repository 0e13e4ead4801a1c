import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What kubectl and the API server behind it answer to one file: '' where it is taken. */
export type Answers = ReadonlyMap<string, string>;

const AT_ONCE = 150;

/** `kubectl apply --dry-run=server` on each text, by id. */
export function askServer(kubeconfig: string, texts: ReadonlyMap<string, string>): Answers {
  const kubectl = process.env.PORTOLAN_TEST_KUBECTL ?? 'kubectl';
  const answers = new Map<string, string>();
  const ids = [...texts.keys()];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-admission-'));
    const some = ids.slice(start, start + AT_ONCE);
    for (const id of some) writeFileSync(join(folder, `${id}.yaml`), texts.get(id)!);
    // kubectl words a single refusal without the file's name.
    for (const one of ['a', 'b']) writeFileSync(join(folder, `refused-${one}.yaml`), REFUSED);
    const args = ['--kubeconfig', kubeconfig, 'apply', '--dry-run=server', '-f', folder];
    const { stdout, stderr, error } = spawnSync(kubectl, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    rmSync(folder, { recursive: true });
    if (error) throw error;
    for (const [id, answer] of refusalsIn(stderr, folder)) answers.set(id, answer);
    const refused = some.filter((id) => answers.has(id)).length;
    const taken = stdout.split('\n').filter((line) => /\((server )?dry run\)$/.test(line)).length;
    for (const id of some) if (!answers.has(id)) answers.set(id, '');
    if (taken + refused !== some.length)
      throw new Error(`${some.length} files, ${taken} taken and ${refused} refused:\n${stderr}\n${stdout}`);
  }
  return answers;
}

const REFUSED =
  'apiVersion: v1\nkind: Service\nmetadata: { name: refused }\nspec: { ports: [{ port: 0 }] }\n';

/** Each refusal says its file, in one of several ways, and some are in one line with others. */
function* refusalsIn(stderr: string, folder: string): Generator<[id: string, answer: string]> {
  const file = `"?${folder}/([\\w-]+)\\.yaml"?`;
  const next =
    ', unable to decode "|, resource mapping not found|, error validating "|, error parsing |\\]?$';
  for (const [, id, answer] of stderr.matchAll(new RegExp(`${file}: (.*?)(?=${next})`, 'gm'))) {
    if (!id!.startsWith('refused-')) yield [id!, answer!];
  }
}
