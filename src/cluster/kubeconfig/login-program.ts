import { type ExecFileException, execFile } from 'node:child_process';
import type { RequestOptions as HttpsOptions } from 'node:https';
import { hideInWords } from '../../text/secrets/hide-in-words.ts';
import { ClusterError } from '../cluster-error.ts';
import { at, type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import type { Context } from './context.ts';

/** Whoever asks may have to log in first, in a browser. */
const LOGIN_MS = 120_000;
const MOST_BYTES = 1024 * 1024;

/** What a program of the user gave, and until when it holds; undefined where the program does not say. */
export interface Login {
  readonly options: HttpsOptions;
  readonly until: number | undefined;
}

/**
 * Runs the program that a kubeconfig names for logging in, as client-go does (plugin/pkg/client/auth/exec/exec.go).
 * client-node's own waits for ever, tells the program nothing of the cluster, and repeats all that it prints.
 *
 * @throws ClusterError where it gives no credentials
 */
export async function runLoginProgram({ user, cluster }: Context): Promise<Login> {
  const exec = objectAt(user, 'exec');
  const command = textAt(exec, 'command') ?? '';
  const args = listAt(exec, 'args').map(String);
  const given = listAt(exec, 'env').map((one) => [textAt(one, 'name') ?? '', textAt(one, 'value') ?? '']);
  const env = {
    ...process.env,
    ...Object.fromEntries(given),
    KUBERNETES_EXEC_INFO: informationFor(exec, cluster),
  };
  const printed = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      command,
      args,
      { env, timeout: LOGIN_MS, maxBuffer: MOST_BYTES, windowsHide: true },
      (error, stdout, stderr) => {
        if (error) reject(new ClusterError(`the program ${command} ${whyNot(error, stderr)}`));
        else resolve(stdout);
      },
    );
    child.stdin?.end();
  });
  return credentialOf(printed, command);
}

function informationFor(exec: JsonObject, cluster: JsonObject): string {
  const { server, 'certificate-authority-data': data, 'proxy-url': proxy } = cluster;
  const about = {
    server,
    'certificate-authority-data': data,
    'proxy-url': proxy,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
  };
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: textAt(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1',
    spec: { interactive: false, ...(exec.provideClusterInfo === true ? { cluster: about } : {}) },
  });
}

function credentialOf(printed: string, command: string): Login {
  const status = at(parsed(printed), 'status');
  const [token, cert, key] = ['token', 'clientCertificateData', 'clientKeyData'].map((name) =>
    textAt(status, name),
  );
  if (token === undefined && (cert === undefined || key === undefined))
    throw new ClusterError(`the program ${command} prints no ExecCredential with a token or a certificate`);
  const until = Date.parse(textAt(status, 'expirationTimestamp') ?? '');
  return {
    options: {
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
      ...(cert === undefined || key === undefined ? {} : { cert, key }),
    },
    until: Number.isNaN(until) ? undefined : until,
  };
}

/** What does not parse may be a token: no word of it is told. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

const LONGEST = 200;

function whyNot(error: ExecFileException, stderr: string): string {
  if (error.code === 'ENOENT') return 'that logs the user in is not there';
  if (error.code === 'EACCES') return 'that logs the user in may not be run';
  if (error.killed) return 'that logs the user in takes longer than 2 minutes, or prints too much';
  const [line = ''] = stderr.trim().split(/[\r\n]/);
  return `cannot log the user in${line === '' ? '' : `: ${hideInWords(line.slice(0, LONGEST))}`}`;
}
