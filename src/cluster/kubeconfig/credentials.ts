import type { RequestOptions as HttpsOptions } from 'node:https';
import { hideInWords } from '../../text/secrets/hide-in-words.ts';
import type { ConnectOptions } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { type Json, type JsonObject, textAt } from '../json.ts';
import type { Context } from './context.ts';
import { environmentProxy } from './environment-proxy.ts';
import { impersonation } from './impersonation.ts';
import { type Login, runLoginProgram } from './login-program.ts';

/** A token from a file is read anew as often as client-go does it. */
const KEPT_MS = 60_000;
/** Of an identity provider that is asked for a new token. */
const LONGEST_MS = 30_000;

/** What proves to the API server who asks: certificates and headers. They must show nowhere. */
export class Credentials {
  readonly #context: Context;
  readonly #as: ConnectOptions;
  #config: Promise<() => Promise<HttpsOptions>> | undefined;
  #kept: { readonly until: number; readonly options: Promise<HttpsOptions> } | undefined;
  #login: Promise<Login> | undefined;

  constructor(context: Context, as: ConnectOptions) {
    this.#context = context;
    this.#as = as;
  }

  /** @throws ClusterError where they cannot be had */
  get(): Promise<HttpsOptions> {
    if (!this.#kept || this.#kept.until < Date.now())
      this.#kept = { until: Date.now() + KEPT_MS, options: this.#ask() };
    return this.#kept.options;
  }

  /** The server does not take them: they are to be had anew. */
  forget(): void {
    this.#kept = undefined;
    this.#login = undefined;
  }

  async #ask(): Promise<HttpsOptions> {
    const more = impersonation(this.#context.user, this.#as);
    try {
      this.#config ??= configOf(this.#context, this.#as);
      const own = await inTime((await this.#config)());
      const login = this.#context.user.exec ? await this.#logIn() : undefined;
      const headers = { ...own.headers, ...login?.options.headers, ...more };
      return { ...own, ...login?.options, headers: trimmed(headers) };
    } catch (error) {
      this.forget();
      if (error instanceof ClusterError) throw error;
      throw new ClusterError(`the user of context ${this.#context.name} cannot log in: ${wordsOf(error)}`);
    }
  }

  async #logIn(): Promise<Login> {
    const known = await this.#login;
    if (known && (known.until === undefined || known.until > Date.now())) return known;
    this.#login = runLoginProgram(this.#context);
    return this.#login;
  }
}

/** client-node knows certificates, tokens, passwords, files and identity providers. */
async function configOf(
  { cluster, user }: Context,
  { env = process.env, timeoutMs = LONGEST_MS }: ConnectOptions,
): Promise<() => Promise<HttpsOptions>> {
  const { KubeConfig, newClusters, newContexts, newUsers } = await import('../client-node.ts');
  const { exec, as, tokenFile, ...others } = user;
  const proxy =
    textAt(cluster, 'proxy-url') || environmentProxy(new URL(textAt(cluster, 'server') ?? ''), env);
  if (proxy) assertProxy(proxy);
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: newClusters([
      { name: 'it', cluster: { ...withoutTls(cluster), ...(proxy ? { 'proxy-url': proxy } : {}) } },
    ]),
    users: newUsers([{ name: 'it', user: { ...others, ...fileOf(tokenFile) } }]),
    contexts: newContexts([{ name: 'it', context: { cluster: 'it', user: 'it' } }]),
    currentContext: 'it',
  });
  return async () => {
    const options: HttpsOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    // An agent for each request would open a connection for each; only a proxy needs its own.
    if (!proxy) return { ...options, agent: undefined };
    // A proxy that hangs would be waited for when all else has ended.
    if (timeoutMs > 0) Object.assign(agentOptions(options.agent), { timeout: timeoutMs });
    return options;
  };
}

const agentOptions = (agent: HttpsOptions['agent']): object =>
  typeof agent === 'object' && 'options' in agent ? (agent.options as object) : {};

/** It may hold a password: nothing of it is told. */
function assertProxy(proxy: string): void {
  if (!URL.canParse(proxy) || !/^(?:https?|socks5h?):$/.test(new URL(proxy).protocol))
    throw new ClusterError('the proxy that leads to the cluster is no http, https or socks5 address');
}

/** It asks for this where a server has no TLS; kubectl does not. */
const withoutTls = (cluster: JsonObject): JsonObject =>
  /^http:/i.test(textAt(cluster, 'server') ?? '')
    ? { ...cluster, 'insecure-skip-tls-verify': true }
    : cluster;

const fileOf = (tokenFile: Json | undefined): JsonObject =>
  tokenFile ? { 'auth-provider': { name: 'tokenFile', config: { tokenFile } } } : {};

/** A token from a file may end in a line break, which no header may. */
const trimmed = (headers: NonNullable<HttpsOptions['headers']>): HttpsOptions['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value.trim() : value,
    ]),
  );

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('nobody answers in 30 seconds')), LONGEST_MS);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}

const LONGEST = 200;

function wordsOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : '').split(/[\r\n]/);
  return hideInWords(line.slice(0, LONGEST)) || 'its credentials cannot be read';
}
