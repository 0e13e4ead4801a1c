// The manifest of the krew index for a packed release, on standard output:
//   npm pack && node scripts/krew-manifest.mjs portolan-VERSION.tgz > portolan.yaml
// The archive that npm publishes holds all that runs, bundled; krew unpacks the same file and checks its sum.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [archive] = process.argv.slice(2);
if (!archive) {
  console.error('usage: node scripts/krew-manifest.mjs portolan-VERSION.tgz');
  process.exit(2);
}
const { name, version, description } = JSON.parse(readFileSync('package.json', 'utf8'));
const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex');

console.log(`apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: ${name}
spec:
  version: v${version}
  homepage: https://github.com/portolan-dev/portolan
  shortDescription: Find the broken link of a port chain
  description: |
    ${description}.

    It follows Ingresses, routes, Services, targetPorts, containerPorts and what
    the process really binds, says which two places disagree, and why.
  caveats: |
    Needs Node 20.19 or newer on PATH. Completion: put a link that is called
    kubectl_complete-portolan, to bin/kubectl_complete-portolan.cjs of the
    plugin, on PATH.
  platforms:
  - selector:
      matchExpressions:
      - key: os
        operator: In
        values: [darwin, linux]
    uri: https://registry.npmjs.org/${name}/-/${name}-${version}.tgz
    sha256: ${sha256}
    files:
    - from: package/bin/*
      to: bin
    - from: package/dist/*
      to: dist
    - from: package/LICENSE
      to: .
    bin: bin/kubectl-portolan.cjs`);
