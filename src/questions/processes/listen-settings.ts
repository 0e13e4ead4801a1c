import { placeWithin } from '../../graph/clients/place.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { LARGEST_VALUE } from '../../model/largest-object.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Located, Location } from '../../text/source.ts';
import { mayHold } from './may-hold.ts';

/** A setting of a program that nobody knows which says, to all appearance, where it listens. */
export interface ListenSetting {
  /** `listen`, `--bind-address`, `HTTP_PORT`. */
  readonly name: string;
  /** `args of container web`, `app.yaml of ConfigMap shop/web`. */
  readonly where: string;
  readonly at: Location;
  readonly number: number;
  readonly isLoopback: boolean;
  /** A number alone, or an address. */
  readonly isPort: boolean;
}

/** What people call an address to listen on. */
const LISTENS = /listen|bind|(?:^|[_.-])(?:addr|address)$|(?:http|server|web|grpc|api)[_.-]?addr/i;
/** What people call the number of a port to listen on: `--port`, `webhook-port`, and never `db-port`. */
const NUMBERS =
  /^-{0,2}port$|(?:^|[_.-])(?:http|https|server|web|listen|webhook|secure|api|app|bind)[_.-]?port$/i;
/** `localhost:9251`, `:8080`, `8080`. */
const VALUE = /^(?:[a-z]{1,8}:\/\/)?(localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::\]|\*)?(:?)(\d{2,5})\/?$/i;
/** `listen: "localhost:9251"`, `bind_addr = 127.0.0.1:9251`, each on a line. */
const LINE =
  /^[ \t]{0,80}["']?([\w.-]{1,64})["']?[ \t]{0,8}[:=][ \t]{0,8}["']?((?:[a-z]{1,8}:\/\/)?(?:localhost|[\d.]{7,15}|\[::\]|\*)?:?\d{2,5})["']?,?(?:[ \t]{1,80}#.*)?[ \t]{0,8}$/gim;

/**
 * Those of variables, arguments and mounted ConfigMaps, as far as they are written out.
 *
 * @param hint is found in every value that is asked for
 */
export function* listenSettings(
  workload: Workload,
  container: Container,
  graph: PortGraph,
  hint: RegExp,
): Generator<ListenSetting> {
  const variables = mayHold(graph.model, workload, container, hint)
    ? graph.environmentOf(workload, container).variables.values()
    : [];
  for (const { name, value = '', at, from } of variables) {
    if (at) yield* settingOf(name, value, { where: from, at });
  }
  for (const [list, words] of [
    ['command', container.command ?? []],
    ['args', container.args ?? []],
  ] as const) {
    for (const [index, word] of words.entries()) {
      const [, flag, value = word.value] = /^(--?[\w.-]+)=(.*)$/s.exec(word.value) ?? [];
      const name = flag ?? words[index - 1]?.value ?? '';
      yield* settingOf(name, value, { where: `${list} of container ${container.name}`, at: word.at });
    }
  }
  for (const { text, where } of filesOf(workload, container, graph)) {
    if (!hint.test(text.value)) continue;
    for (const match of text.value.matchAll(LINE)) {
      const [whole, name = '', value = ''] = match;
      const start = match.index + whole.lastIndexOf(value);
      yield* settingOf(name, value, { where, at: placeWithin(text, start, start + value.length).at });
    }
  }
}

function* settingOf(
  name: string,
  value: string,
  place: Pick<ListenSetting, 'where' | 'at'>,
): Generator<ListenSetting> {
  const [, host = '', colon, digits] = VALUE.exec(value.slice(0, 100)) ?? [];
  if (digits === undefined || (host !== '' && !colon)) return;
  const isPort = !colon;
  if (!(isPort ? NUMBERS : LISTENS).test(name)) return;
  yield { name, ...place, number: Number(digits), isLoopback: /^(?:localhost|127)/i.test(host), isPort };
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
