// `npm run sbom [FILE]`: the materials of the package, as CycloneDX. What npm installs beside it is listed by npm itself; what
// is in the bundles is there whether it counts as a dependency of development or not, and the notice names it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [, ...parts] = readFileSync('dist/NOTICE.txt', 'utf8').split(`\n${'-'.repeat(80)}\n\n`);
const bundled = parts.map((part) => /^(\S+) (\S+) \(/.exec(part).slice(1).join('@'));
const installed = (...omitted) =>
  JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', ...omitted], {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    }),
  );
const all = installed();
const kept = new Set([...bundled, ...installed('--omit', 'dev').components.map((one) => one['bom-ref'])]);
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const own = `${name}@${version}`;
const components = all.components
  .filter((one) => kept.has(one['bom-ref']))
  .map(({ properties, ...one }) => ({ ...one, scope: 'required' }));
const missing = bundled.filter((one) => !components.some((there) => there['bom-ref'] === one));
if (missing.length > 0) throw new Error(`npm does not list ${missing.join(', ')}, which the bundles hold`);
const dependencies = all.dependencies
  .filter(({ ref }) => ref === own || kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
const metadata = { ...all.metadata, component: { ...all.metadata.component, name } };
writeFileSync(
  process.argv[2] ?? 'portolan.cdx.json',
  `${JSON.stringify({ ...all, metadata, components, dependencies }, null, 2)}\n`,
);
