import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestImage } from './testing-images.ts';

/** Why no registry can be started here, if none can. */
export const registryMissing: string | undefined =
  spawnSync('docker-registry', ['--version']).error === undefined
    ? undefined
    : 'docker-registry is not installed (Debian: apt-get install docker-registry)';

/** The registry of the Distribution project on a port of this machine, its contents in a folder of its own. */
export class TestRegistry {
  readonly host: string;
  readonly folder: string;
  readonly #process: ChildProcess;

  private constructor(host: string, folder: string, process: ChildProcess) {
    this.host = host;
    this.folder = folder;
    this.#process = process;
  }

  /** `auth`: that part of its configuration, as lines of YAML; files are written to its folder first. */
  static async start(
    auth: readonly string[] = [],
    files: Readonly<Record<string, string>> = {},
  ): Promise<TestRegistry> {
    const folder = mkdtempSync(join(tmpdir(), 'registry-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const host = `127.0.0.1:${await freePort()}`;
    const configuration = [
      'version: 0.1',
      'log: { level: error }',
      `storage: { filesystem: { rootdirectory: ${folder}/storage } }`,
      `http: { addr: ${host} }`,
      ...auth.map((line) => line.replaceAll('FOLDER', folder)),
    ];
    const path = join(folder, 'config.yml');
    writeFileSync(path, configuration.join('\n'));
    const registry = new TestRegistry(
      host,
      folder,
      spawn('docker-registry', ['serve', path], { stdio: 'ignore' }),
    );
    await registry.#answers();
    return registry;
  }

  /** Stores an image under a tag, as `docker push` does. */
  async push(
    repository: string,
    tag: string,
    image: TestImage,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const base = `http://${this.host}/v2/${repository}`;
    for (const [digest, bytes] of image.blobs) {
      const { mediaType } = JSON.parse(Buffer.from(bytes).toString());
      if (mediaType === undefined) {
        const begun = await expectStatus(202, `${base}/blobs/uploads/`, { method: 'POST', headers });
        const upload = new URL(begun.headers.get('location')!, base);
        upload.searchParams.set('digest', digest);
        await expectStatus(201, upload.href, { method: 'PUT', headers, body: bytes.slice() });
      } else {
        const names = digest === image.digest ? [digest, tag] : [digest];
        for (const name of names) {
          const typed = { ...headers, 'content-type': mediaType };
          await expectStatus(201, `${base}/manifests/${name}`, {
            method: 'PUT',
            headers: typed,
            body: bytes.slice(),
          });
        }
      }
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = new Promise((done) => this.#process.once('exit', done));
      this.#process.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      if (this.#process.exitCode !== null) break;
      const answer = await fetch(`http://${this.host}/v2/`).catch(() => undefined);
      if (answer) return;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`docker-registry does not start (exit code ${this.#process.exitCode})`);
  }
}

async function expectStatus(status: number, url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  if (answer.status !== status)
    throw new Error(`${init.method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
