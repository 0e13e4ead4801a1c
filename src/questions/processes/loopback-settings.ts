import { placeWithin } from '../../graph/clients/place.ts';
import type { BindLink, ProbeLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { LARGEST_VALUE } from '../../model/largest-object.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Located, Location } from '../../text/source.ts';
import { LOOPBACK_HINT, mayHold } from './may-hold.ts';

/** A setting of a program that nobody knows which says, to all appearance, that it listens on loopback. */
export interface LoopbackSetting {
  readonly container: Container;
  /** `listen`, `--bind-address`, `HTTP_LISTEN`. */
  readonly name: string;
  /** `args of container web`, `app.yaml of ConfigMap shop/web`. */
  readonly where: string;
  readonly at: Location;
}

/** What people call an address to listen on. */
const LISTENS = /listen|bind|(?:^|[_.-])(?:addr|address)$|(?:http|server|web|grpc|api)[_.-]?addr/i;
/** `listen: "localhost:9251"`, `bind_addr = 127.0.0.1:9251`, each on a line. */
const IN_FILE =
  /^[ \t]{0,80}["']?([\w.-]{1,64})["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?:[a-z]{1,8}:\/\/)?((?:localhost|127(?:\.\d{1,3}){3}):(\d{1,5}))["']?,?(?:[ \t]{1,80}#.*)?[ \t]{0,8}$/gim;
const WHOLE = /^(?:[a-z]{1,8}:\/\/)?(?:localhost|127(?:\.\d{1,3}){3}):(\d{1,5})\/?$/i;

/** What says that the port which a link dials is on loopback, where nothing else is known of the process. */
export function loopbackSettingOf(graph: PortGraph, link: BindLink | ProbeLink): LoopbackSetting | undefined {
  const { workload, number, state } = link;
  if (state !== 'unproved' || number === undefined || (link.kind === 'probe' && link.probe.host))
    return undefined;
  for (const container of workload.template.containers) {
    const { fact, listeners } = graph.processOf(workload, container);
    if (container.role === 'init' || fact || listeners.length > 0) continue;
    for (const setting of settingsOf(workload, container, graph)) {
      if (setting.number === number) return { container, ...setting };
    }
  }
  return undefined;
}

type Setting = Omit<LoopbackSetting, 'container'> & { readonly number: number };

function* settingsOf(workload: Workload, container: Container, graph: PortGraph): Generator<Setting> {
  const variables = mayHold(graph.model, workload, container, LOOPBACK_HINT)
    ? graph.environmentOf(workload, container).variables.values()
    : [];
  for (const { name, value = '', at, from } of variables) {
    const number = WHOLE.exec(value.slice(0, 100))?.[1];
    if (number && at && LISTENS.test(name)) yield { name, where: from, at, number: Number(number) };
  }
  for (const [list, words] of [
    ['command', container.command ?? []],
    ['args', container.args ?? []],
  ] as const) {
    for (const [index, word] of words.entries()) {
      const [, flag, value = word.value] = /^(--?[\w.-]+)=(.*)$/s.exec(word.value) ?? [];
      const name = flag ?? words[index - 1]?.value ?? '';
      const number = WHOLE.exec(value.slice(0, 100))?.[1];
      if (number && LISTENS.test(name)) {
        yield { name, where: `${list} of container ${container.name}`, at: word.at, number: Number(number) };
      }
    }
  }
  for (const { text, where } of filesOf(workload, container, graph)) {
    if (!LOOPBACK_HINT.test(text.value)) continue;
    for (const match of text.value.matchAll(IN_FILE)) {
      const [whole, name = '', address = '', number] = match;
      if (!LISTENS.test(name)) continue;
      const start = match.index + whole.lastIndexOf(address);
      yield { name, where, at: placeWithin(text, start, start + address.length).at, number: Number(number) };
    }
  }
}

/** Text of ConfigMaps that is mounted. */
function* filesOf(
  { namespace, template }: Workload,
  container: Container,
  { model }: PortGraph,
): Generator<{ readonly text: Located<string>; readonly where: string }> {
  for (const { volume: name } of container.mounts) {
    const sources = template.volumes.find((one) => one.name === name)?.sources ?? [];
    for (const { kind, name: object } of sources) {
      if (kind !== 'ConfigMap') continue;
      for (const [key, text] of model.configMap(namespace, object)?.data ?? []) {
        if (text.value.length <= LARGEST_VALUE)
          yield { text, where: `${key} of ConfigMap ${namespace}/${object}` };
      }
    }
  }
}
