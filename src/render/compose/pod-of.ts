import { dirname } from 'node:path';
import { WrittenFiles } from '../written.ts';
import { readCompose } from './read-compose.ts';
import { kubernetesName, ownerOf } from './to-manifests.ts';

/**
 * What the Pod is called that a service of a compose file is in: that of another service, whose network it shares, or
 * its own. Undefined where the file has no service of that name.
 *
 * @param file absolute
 */
export function podOf(service: string, file: string, cwd: string): string | undefined {
  const written = new WrittenFiles(cwd);
  const services = readCompose(file, written.treeOf(dirname(file)), written)?.services ?? [];
  const found = services.find(({ name }) => name === service);
  return found && kubernetesName((ownerOf(found, services) ?? found).name);
}
