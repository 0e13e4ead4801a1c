import type { FactPort, ImageFact, Setting } from '../knowledge/image-fact.ts';
import { PORT_ROLES } from '../knowledge/port-role.ts';
import { lastPart } from '../text/slashes.ts';
import type { ConfigImage, ConfigPort } from './config.ts';

/** Facts that a configuration states; whoever writes them answers for them, so they can prove something. */
export const factsOf = (images: readonly ConfigImage[], path: string): ImageFact[] =>
  images.map(({ match, ports, notes, ...image }, index): ImageFact => {
    const names = typeof match === 'string' ? [match] : match;
    const factPorts = ports.map(portOf);
    const readsPort = factPorts.some(({ moves }) => moves.env.some(({ name }) => name === 'PORT'));
    return {
      id: lastPart(names[0]!),
      match: names,
      ports: factPorts,
      honoursPort: readsPort ? 'yes' : 'no',
      variablesComplete: true,
      status: 'verified',
      isConfigured: true,
      checked: 'by whoever wrote it',
      source: [`images[${index}] of ${path}`],
      notes: notes ?? null,
      ...image,
    };
  });

function portOf(port: number | ConfigPort): FactPort {
  const { env, flags, speaks, bind, role, ...rest }: ConfigPort =
    typeof port === 'number' ? { port, protocol: 'TCP', role: 'main', env: [], flags: [] } : port;
  const known = PORT_ROLES.find((one) => one === role);
  return {
    ...rest,
    ...(known ? { role: known } : { role: 'main', about: role }),
    ...(speaks === undefined ? {} : { speaks }),
    ...(bind === undefined ? {} : { bind }),
    moves: { env: env.map(settingOf), flags: flags.map(settingOf) },
  };
}

const settingOf = (setting: string | Setting): Setting =>
  typeof setting === 'string' ? { name: setting, form: 'port' } : setting;
