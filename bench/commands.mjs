// What is timed: bare Node, portolan, and the peers that this machine has.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./measure.mjs').Command} Command */

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const BARE_NODE = 'bare node';
export const CHECK = 'portolan check';
export const PARSE_ALL = 'js-yaml parseEvents';

/** Both mean that the work was done; 1 that something was found. */
const DONE = [0, 1];

/** @returns {Command} */
export const bareNode = () => ({ name: BARE_NODE, file: process.execPath, args: ['-e', '0'] });

/** @param {string} cli @param {string} option @returns {Command} */
export const portolanInfo = (cli, option) => ({
  name: `portolan ${option}`,
  file: process.execPath,
  args: [cli, option],
});

/** @param {string} cli @param {string} dir @returns {Command} */
export const portolanCheck = (cli, dir) => ({
  name: CHECK,
  file: process.execPath,
  args: [cli, 'check', dir, '-o', 'json'],
  succeeds: DONE,
});

/** @param {string} dir @returns {Command} */
export const parseAll = (dir) => ({
  name: PARSE_ALL,
  file: process.execPath,
  args: [here('parse-all.cjs'), dir],
  ownClock: true,
});

/** An empty place for schemas keeps kubeconform off the network: what is left is reading and decoding. */
const noSchemas = () => {
  const dir = here('../.bench/no-schemas');
  mkdirSync(dir, { recursive: true });
  return `${dir}/{{ .ResourceKind }}.json`;
};

export const PEERS = [
  {
    name: 'kube-linter',
    module: 'golang.stackrox.io/kube-linter/cmd/kube-linter',
    args: (dir) => ['lint', dir],
  },
  {
    name: 'kubeconform',
    module: 'github.com/yannh/kubeconform/cmd/kubeconform',
    args: (dir) => ['-schema-location', noSchemas(), '-ignore-missing-schemas', dir],
  },
  {
    name: 'kube-score',
    module: 'github.com/zegl/kube-score/cmd/kube-score',
    // It takes files only; relative names keep 10,000 of them within the length of a command line.
    args: (dir) => [
      'score',
      ...readdirSync(dir, { recursive: true })
        .filter((file) => /\.(ya?ml|json)$/.test(file))
        .sort(),
    ],
    inDir: true,
  },
];

/** Where each peer is installed. @returns {Map<string, string>} */
export function findPeers() {
  const gopath = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).stdout?.trim();
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...(gopath ? [join(gopath, 'bin')] : [])];
  return new Map(
    PEERS.flatMap(({ name }) => {
      const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
      return file ? [[name, file]] : [];
    }),
  );
}

/** @param {string} file @param {typeof PEERS[number]} peer @param {string} dir @returns {Command} */
export const peerCommand = (file, { name, args, inDir }, dir) => ({
  name,
  file,
  args: args(dir),
  ...(inDir ? { cwd: dir } : {}),
  succeeds: DONE,
});
