import { ImageError } from '../image-error.ts';
import { isObject, parseJson, textOf } from '../oci/json.ts';
import { readChallenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { type Client, request } from './http.ts';

const CLIENT_ID = 'portolan';

/**
 * The `Authorization` that answers a registry's refusal: a token from the server that it names, or the login itself.
 * Undefined when only a login would help and there is none. Throws ImageError.
 */
export async function authorize(
  refusal: string,
  scope: string,
  login: Credentials | undefined,
  client: Client,
): Promise<string | undefined> {
  const challenge = readChallenge(refusal);
  if (challenge?.scheme !== 'bearer') return basic(login);
  const realm = challenge.parameters.get('realm') ?? '';
  if (!URL.canParse(realm)) throw new ImageError('the registry names no server that gives tokens');
  const asked = new URLSearchParams({ scope: challenge.parameters.get('scope') ?? scope });
  const service = challenge.parameters.get('service');
  if (service !== undefined) asked.set('service', service);
  return `Bearer ${await fetchToken(new URL(realm), asked, login, client)}`;
}

function basic(login: Credentials | undefined): string | undefined {
  if (!login || !('username' in login)) return undefined;
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}

/** distribution/distribution, docs/spec/auth/token.md; with an identity token as in oauth.md. */
async function fetchToken(
  server: URL,
  asked: URLSearchParams,
  login: Credentials | undefined,
  client: Client,
): Promise<string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const authorization = basic(login);
  if (authorization !== undefined) headers.authorization = authorization;
  if (login && 'identityToken' in login) {
    asked.set('grant_type', 'refresh_token');
    asked.set('refresh_token', login.identityToken);
    asked.set('client_id', CLIENT_ID);
  } else for (const [name, value] of asked) server.searchParams.set(name, value);
  const body = asked.has('grant_type') ? { body: asked } : {};
  const { status, bytes } = await request(server, { headers, ...body }, client);
  if (status !== 200)
    throw new ImageError(`${server.host}, which gives tokens, answers ${status}; log in again`);
  const answer = parseJson(bytes, `the answer of ${server.host}, which gives tokens,`);
  const token = isObject(answer) ? (textOf(answer.token) ?? textOf(answer.access_token)) : undefined;
  if (!token || /[^\x21-\x7e]/.test(token)) throw new ImageError(`${server.host} gives no token`);
  return token;
}
