import { placeWithin } from '../../graph/clients/place.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Workload } from '../../model/model.ts';
import { holds } from '../../process/environment/variables.ts';
import type { Location } from '../../text/source.ts';
import { mayHold } from './may-hold.ts';
import { mountedTexts } from './mounted-texts.ts';
import { type FileSetting, hostsAndPorts, settingsInFile } from './settings-in-file.ts';

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
const LISTENS =
  /listen|bind|(?:^|[_.-])(?:addr|address)$|(?:http|server|web|grpc|api)[_.-]?addr|^(?:aspnetcore|dotnet)_urls$/i;
/** What people and servers call the number of a port to listen on: `--port`, `webhook-port`, and never `db-port`. */
const NUMBERS =
  /^-{0,2}port$|^(?:uvicorn|flask_run|quart_run|granian|litestar|rocket|nitro|nuxt|chainlit|octane)_port$|^(?:aspnetcore|dotnet)_http_ports$|(?:^|[_.-])(?:http|https|server|web|listen|webhook|secure|api|app|bind)[_.-]?port$/i;
/** A server beside the main one, which no traffic need go to: `MANAGEMENT_SERVER_PORT`. */
const BESIDE = /(?:^|[_.-])(?:management|metrics?|admin|health|probe|debug|actuator)(?:[_.-]|$)/i;
/** `localhost:9251`, `:8080`, `8080`, `http://+:8080`. */
const VALUE =
  /^(?:[a-z]{1,8}:\/\/)?(localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|\[::\]|\*|\+)?(:?)(\d{2,5})\/?$/i;
/** The part of a configuration that is about the program's own server, where it gives host and port apart. */
const OWN =
  /^(?:[\w-]{0,64}(?:server|http|https|web|api|grpc|rpc|health|metrics|admin|listener|listen|bind|service)\.)?(?:host|hostname|bind|addr|address|ip)$/i;

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
    ? graph.environmentOf(workload, container).variables.where(holds(hint))
    : [];
  for (const { name, value = '', at, from } of variables) {
    if (at) yield* settingOf(name, value, { where: from, at });
  }
  for (const [list, words] of [
    ['command', container.command ?? []],
    ['args', container.args ?? []],
  ] as const) {
    for (const [index, word] of words.entries()) {
      if (!hint.test(word.value)) continue;
      const [, flag, value = word.value] = /^(--?[\w.-]+)=(.*)$/s.exec(word.value) ?? [];
      const name = flag ?? words[index - 1]?.value ?? '';
      yield* settingOf(name, value, { where: `${list} of container ${container.name}`, at: word.at });
    }
  }
  for (const { text, key, kind, holder } of mountedTexts(workload, container, graph, hint)) {
    if (kind !== 'ConfigMap') continue;
    const where = `${key} of ${holder}`;
    const settings = [...settingsInFile(text.value)];
    const placeOf = ({ start, end }: FileSetting): Location => placeWithin(text, start, end).at;
    for (const one of settings) {
      // Hardly any value is one, and each place is looked up.
      if (VALUE.test(one.value.slice(0, 100)))
        yield* settingOf(one.key, one.value, { where, at: placeOf(one) });
    }
    for (const { name, host, number } of hostsAndPorts(settings)) {
      if (!isLoopbackHost(host.value) || !OWN.test(name)) continue;
      yield { name, where, at: placeOf(host), number, isLoopback: true, isPort: false };
    }
  }
}

const isLoopbackHost = (host: string): boolean => /^(?:localhost$|127\.|\[::1\]$|::1$)/i.test(host);

function* settingOf(
  name: string,
  value: string,
  place: Pick<ListenSetting, 'where' | 'at'>,
): Generator<ListenSetting> {
  const [, host = '', colon, digits] = VALUE.exec(value.slice(0, 100)) ?? [];
  if (digits === undefined || (host !== '' && !colon)) return;
  const isPort = !colon;
  if (!(isPort ? NUMBERS : LISTENS).test(name) || (isPort && BESIDE.test(name))) return;
  yield { name, ...place, number: Number(digits), isLoopback: isLoopbackHost(host), isPort };
}
