import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../../sources/unreadable.ts';
import { ImageError } from '../image-error.ts';
import { isObject, type JsonObject, parseJson, textOf } from '../oci/json.ts';
import { DOCKER_HUB_API } from '../reference.ts';

/** A user with a password, or a token that stands for a login. */
export type Credentials =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string };

/** Undefined: nobody has logged in there. Throws ImageError. */
export type FindCredentials = (host: string) => Promise<Credentials | undefined>;

/** Under which `docker login` keeps the login of Docker Hub. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';
const HELPER_NAME = /^[\w.-]+$/;
const HELPER_TIMEOUT_MS = 30_000;
/** The user name by which a helper says that the secret is a token (docker/docker-credential-helpers). */
const TOKEN_USER = '<token>';

/**
 * Looks logins up as Docker does: in `config.json` of `$DOCKER_CONFIG` or `~/.docker`, its `credHelpers`,
 * `credsStore` and `auths` (docker/cli, cli/config/configfile/file.go). The file is read when it is first needed.
 */
export function dockerCredentials(env: NodeJS.ProcessEnv): FindCredentials {
  const file = join(env.DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json');
  let config: Promise<JsonObject> | undefined;
  return async (host) => {
    config ??= readConfig(file);
    const { auths, credHelpers, credsStore } = await config;
    const server = host === DOCKER_HUB_API ? DOCKER_HUB_KEY : host;
    const helper = textOf(isObject(credHelpers) ? credHelpers[server] : undefined) ?? textOf(credsStore);
    if (helper) return await askHelper(helper, server, env);
    return isObject(auths) ? storedLogin(auths, server) : undefined;
  };
}

async function readConfig(file: string): Promise<JsonObject> {
  try {
    const config = parseJson(await readFile(file), file);
    return isObject(config) ? config : {};
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    if (error instanceof ImageError)
      throw new ImageError(`${error.message}; mend the configuration of Docker`);
    throw new ImageError(`${file} cannot be read (${codeOf(error)})`);
  }
}

/** Keys are hosts, or addresses with a scheme and a path. */
function storedLogin(auths: JsonObject, server: string): Credentials | undefined {
  const hostOf = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/.*$/s, '');
  const key = Object.hasOwn(auths, server)
    ? server
    : Object.keys(auths).find((name) => hostOf(name) === hostOf(server));
  const login = key === undefined ? undefined : auths[key];
  if (!isObject(login)) return undefined;
  const identityToken = textOf(login.identitytoken);
  if (identityToken) return { identityToken };
  const decoded = Buffer.from(textOf(login.auth) ?? '', 'base64').toString();
  const colon = decoded.indexOf(':');
  const username = colon > 0 ? decoded.slice(0, colon) : textOf(login.username);
  const password = colon > 0 ? decoded.slice(colon + 1) : textOf(login.password);
  return username && password ? { username, password } : undefined;
}

/** Asks `docker-credential-NAME get`. */
async function askHelper(
  name: string,
  server: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${name}`;
  if (!HELPER_NAME.test(name)) throw new ImageError(`${program} is no name of a program`);
  const { code, output } = await run(program, server, env);
  if (code === 0) return helperLogin(output, program);
  // All helpers say so in English when nobody has logged in.
  if (output.includes('credentials not found')) return undefined;
  throw new ImageError(`${program} fails; try \`docker login ${server}\``);
}

/** Runs a helper without a shell; it takes the server on its standard input. */
function run(
  program: string,
  server: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    // The timeout of `spawn` keeps the process waiting where there is nothing to wait for.
    const timer = setTimeout(() => child.kill('SIGKILL'), HELPER_TIMEOUT_MS);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      const why = codeOf(error) === 'ENOENT' ? 'is not installed' : `cannot be run (${codeOf(error)})`;
      reject(new ImageError(`${program}, which the configuration of Docker names, ${why}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
    // One that does not read its input may still have an answer.
    child.stdin.on('error', () => {}).end(server);
  });
}

function helperLogin(answer: string, program: string): Credentials | undefined {
  const login = parseJson(Buffer.from(answer), `the answer of ${program}`);
  const username = textOf(isObject(login) ? login.Username : undefined);
  const secret = textOf(isObject(login) ? login.Secret : undefined);
  if (!username || !secret) return undefined;
  return username === TOKEN_USER ? { identityToken: secret } : { username, password: secret };
}
