import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { visible } from '../sources/display-path.ts';
import type { Answer, Cluster, ConnectOptions, Query, RequestOptions, Upgrade } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { withBackOff } from './http/back-off.ts';
import { asked, exchange } from './http/exchange.ts';
import { Gate } from './http/gate.ts';
import { type ListAnswer, listItems } from './http/list-items.ts';
import { refusalOf } from './http/refusal.ts';
import type { Json } from './json.ts';
import { textAt } from './json.ts';
import { type Context, findContext } from './kubeconfig/context.ts';
import { Credentials } from './kubeconfig/credentials.ts';

const TIMEOUT_MS = 30_000;
const PARALLEL = 4;

/**
 * Finds the cluster that is meant. Nothing is asked of it yet.
 *
 * @throws ClusterError where none is meant
 */
export function connect(options: ConnectOptions = {}): Cluster {
  const context = findContext(options);
  return new Connection(context, serverOf(context), options);
}

function serverOf({ name, cluster }: Context): URL {
  const server = textAt(cluster, 'server') ?? '';
  if (URL.canParse(server) && /^https?:/i.test(server)) return new URL(server);
  throw new ClusterError(`the server of context ${visible(name)} is no http(s) address`);
}

const noJson = (url: URL): ClusterError => new ClusterError(`${asked(url)}: its answer is no JSON`);

/** One that does not parse is met when its turn comes. */
function* inWords(items: ListAnswer['items'], url: URL): Generator<Json> {
  try {
    yield* items;
  } catch {
    throw noJson(url);
  }
}

class Connection implements Cluster {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly host: string;
  requests = 0;
  readonly #server: URL;
  readonly #credentials: Credentials;
  readonly #gate: Gate;
  readonly #agent: HttpAgent | HttpsAgent;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal | undefined;

  constructor(context: Context, server: URL, options: ConnectOptions) {
    const { timeoutMs = TIMEOUT_MS, parallel = PARALLEL, signal } = options;
    this.name = context.name;
    this.namespace = context.namespace;
    this.host = server.host;
    this.#server = server;
    this.#credentials = new Credentials(context, options);
    this.#gate = new Gate(parallel);
    this.#agent = new (server.protocol === 'http:' ? HttpAgent : HttpsAgent)({ keepAlive: true });
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
  }

  request(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.inTurn(() => this.#ask(this.#urlOf(path, options.query), options));
  }

  async get(path: string, query: Query = {}, headers: Readonly<Record<string, string>> = {}): Promise<Json> {
    return this.#read(path, query, headers, (body) => JSON.parse(body.toString('utf8')) as Json);
  }

  async list(path: string, query: Query = {}): Promise<ListAnswer> {
    const { items, rest } = await this.#read(path, query, {}, listItems);
    return { items: inWords(items, this.#urlOf(path)), rest };
  }

  async #read<T>(
    path: string,
    query: Query,
    headers: Readonly<Record<string, string>>,
    parse: (body: Buffer) => T,
  ): Promise<T> {
    const url = this.#urlOf(path, query);
    const answer = await this.inTurn(() => withBackOff(() => this.#ask(url, { headers }), this.#signal));
    if (answer.status < 200 || answer.status > 299) throw refusalOf(url, answer);
    try {
      return parse(answer.body);
    } catch {
      throw noJson(url);
    }
  }

  async upgrade(path: string, query: Query = {}): Promise<Upgrade> {
    return {
      url: this.#urlOf(path, query),
      options: await this.#credentials.get(),
      timeoutMs: this.#timeoutMs,
      signal: this.#signal,
    };
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#gate.run(work);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** A token may have ended meanwhile: who is not known tries once more with a new one. */
  async #ask(url: URL, options: RequestOptions): Promise<Answer> {
    const answer = await this.#exchange(url, options);
    if (answer.status !== 401) return answer;
    this.#credentials.forget();
    return this.#exchange(url, options);
  }

  async #exchange(url: URL, options: RequestOptions): Promise<Answer> {
    const credentials = await this.#credentials.get();
    this.requests += 1;
    const { timeoutMs = this.#timeoutMs } = options;
    return exchange(url, { ...options, timeoutMs, credentials, agent: this.#agent, signal: this.#signal });
  }

  /** A server may be a path of a host, as behind Rancher. */
  #urlOf(path: string, query: Query = {}): URL {
    const url = new URL(this.#server);
    url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
    for (const [name, value] of Object.entries(query))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) url.searchParams.append(name, String(one));
    return url;
  }
}
