import type { Served } from '../api/discover.ts';
import { collect } from '../api/lister.ts';
import { textAt } from '../json.ts';
import type { Reading } from '../reading.ts';
import { keptOfSecret } from './secret-keys.ts';

/** ConfigMaps that every namespace has, and that say no port. */
const EVERYWHERE = /^(?:kube-root-ca\.crt|openshift-service-ca\.crt)$/;
/** What nobody mounts and is larger, as dashboards are, is not kept. */
const LARGE = 32 * 1024;

/** After the workloads, which say what they take of them. */
export async function readConfigMaps(reading: Reading, served: Served | undefined): Promise<void> {
  if (!served) return;
  const { configMaps } = reading.references;
  const found = await reading.lister.list(
    served,
    collect((object) => {
      const [namespace, name = ''] = ['namespace', 'name'].map((key) => textAt(object, 'metadata', key));
      if (EVERYWHERE.test(name)) return [];
      const source = reading.sourceOf(object, served);
      return source.text.length <= LARGE || configMaps.has(`${namespace}/${name}`) ? [source] : [];
    }),
  );
  reading.take(found ?? []);
}

/** One by one and by name: only those that may say a port. */
export async function readSecrets(reading: Reading, served: Served | undefined): Promise<void> {
  if (!served) return;
  const kept = await Promise.all(
    [...reading.references.secrets.values()].map(async (use) => {
      const secret = await reading.lister.get(served, use.namespace, use.name);
      return keptOfSecret(secret, use);
    }),
  );
  for (const object of kept) if (object) reading.sources.push(reading.sourceOf(object, served));
}
