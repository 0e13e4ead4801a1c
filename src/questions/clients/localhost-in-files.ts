import { placeWithin } from '../../graph/clients/place.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Workload } from '../../model/model.ts';
import { addressesInFile, addressesInValue } from '../../text/addresses/addresses.ts';
import type { Location } from '../../text/source.ts';
import { LOOPBACK_HINT } from '../processes/may-hold.ts';
import { mountedTexts } from '../processes/mounted-texts.ts';
import { hostsAndPorts, nameOf, settingsInFile } from '../processes/settings-in-file.ts';
import { isForOthers, LOCALHOST, type LocalhostDialled } from './localhost-dialled.ts';

/** Addresses in the files that ConfigMaps and Secrets put into the container. */
export function* localhostInFiles(
  workload: Workload,
  container: Container,
  graph: PortGraph,
): Generator<LocalhostDialled> {
  for (const { text, key, kind, holder: from } of mountedTexts(workload, container, graph, LOOPBACK_HINT)) {
    const secret = kind === 'Secret';
    const placeOf = (start: number, end: number): Location => placeWithin(text, start, end).at;
    for (const { host, port, form, start, end } of addressesInFile(text.value)) {
      if (form !== 'sure' || port === undefined || !LOCALHOST.test(host)) continue;
      yield { setting: key, at: placeOf(start, end), from, secret, host, number: port, isSure: true };
    }
    for (const one of namedIn(text.value)) {
      const at = placeOf(one.start, one.end);
      yield { ...one, at, from: `${key} of ${from}`, secret, isSure: false };
    }
  }
}

/** Those of which a name says what they are: `redis.address: localhost:6379`, and host and port side by side. */
function* namedIn(
  text: string,
): Generator<
  Pick<LocalhostDialled, 'setting' | 'host' | 'number'> & { readonly start: number; readonly end: number }
> {
  const settings = [...settingsInFile(text)];
  for (const one of settings) {
    if (!LOOPBACK_HINT.test(one.value) || isForOthers(nameOf(one))) continue;
    for (const { host, port, form } of addressesInValue(one.value)) {
      if (form === 'sure' || port === undefined || !LOCALHOST.test(host)) continue;
      yield { setting: nameOf(one), host, number: port, start: one.start, end: one.end };
    }
  }
  for (const { name, host, number } of hostsAndPorts(settings)) {
    if (!LOCALHOST.test(host.value) || isForOthers(name)) continue;
    yield { setting: name, host: host.value, number, start: host.start, end: host.end };
  }
}
