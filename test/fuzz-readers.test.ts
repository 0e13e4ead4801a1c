import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { afterAll, expect, test, vi } from 'vitest';
import { describeFact, unknownImage } from '../src/cli/describe-fact.ts';
import { readConfig } from '../src/config/read.ts';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import { archivedImages } from '../src/images/archive/archived-images.ts';
import { tarFiles } from '../src/images/archive/tar.ts';
import { readDockerfile } from '../src/images/dockerfile.ts';
import { ImageError } from '../src/images/image-error.ts';
import { fetchImageConfig } from '../src/images/registry.ts';
import { findImageFact } from '../src/knowledge/lookup.ts';
import { listeningPorts } from '../src/process/logs/log-lines.ts';
import { renderCompose } from '../src/render/compose/render.ts';
import { WrittenFiles } from '../src/render/written.ts';
import { plainStyle } from '../src/report/text/style.ts';
import { renderTrace } from '../src/report/trace/render.ts';
import { traceTarget } from '../src/report/trace/trace.ts';
import { allRules } from '../src/rules/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Pieces that mean something to the reader, words that mean something to others, and anything else between them. */
const spliced = (...pieces: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...pieces) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('\u001b[31m', '\n::error::x\n', '##vso[x]', '\u202e', '\0', '\r'),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom('constructor', '__proto__', '${A:-${B}}', '$(A)', '{{ x }}', '65536'),
        },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join(''));

const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 0x7fffffff));
console.info(`readers: FUZZ_SEED=${SEED}`);
const RUNS = { numRuns: Number(process.env.FUZZ_READERS ?? 300), seed: SEED };
const source = (text: string) => ({ path: 'f', text, kind: 'file', editable: true }) as const;
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]|^\s*::|##vso\[/m;

test('logs', () => {
  const line = spliced(
    'listening on ',
    'http://',
    '0.0.0.0:',
    ':8080',
    '[::1]:80',
    'Server ',
    ' port ',
    '\n',
    '"',
    '{',
  );
  fc.assert(
    fc.property(line, (text) => {
      for (const { port } of listeningPorts(text).listeners) expect(port > 0 && port < 65_536).toBe(true);
    }),
    RUNS,
  );
});

test('Dockerfiles', () => {
  const line = spliced(
    ...['FROM a AS b\n', 'FROM b\n', 'ARG A=1\n', 'ENV A=$A$A B="x\n', 'EXPOSE 80 $A\n', 'CMD ["a", "$A"]\n'],
    ...['RUN <<E\n', '\\\n', '# escape=`\n', 'USER 1:2\n', 'ENTRYPOINT x\n', '${A:-', '}', '"', "'"],
  );
  fc.assert(
    fc.property(line, (text) => {
      for (const { line, column } of readDockerfile(source(text)).errors)
        expect(line >= 1 && column >= 1).toBe(true);
    }),
    RUNS,
  );
});

test('configuration files', () => {
  const line = spliced(
    'services:\n',
    '- name: a\n',
    '  ports: [80]\n',
    'rules:\n  x: off\n',
    'kinds: [{kind: A}]\n',
    'images:\n',
  );
  fc.assert(
    fc.property(line, (text) => {
      const { config, errors } = readConfig(source(text));
      expect(config === undefined).toBe(errors.length > 0);
    }),
    RUNS,
  );
});

test('compose files', () => {
  const line = spliced(
    ...['services:\n', '  a:\n', '    image: nginx\n', '    ports: ["80:80"]\n', '    ports: [a, 1-2:3-4]\n'],
    ...[
      '    extends: {service: a}\n',
      '    env_file: f\n',
      '    environment: {A: "${B}"}\n',
      '    expose: [1]\n',
      '    volumes: [f:/f, "./f:/f"]\n',
      '    network_mode: "service:a"\n',
      '    build: {context: ., dockerfile_inline: "FROM ${B}", target: a, args: [A=b]}\n',
    ],
  );
  fc.assert(
    fc.property(line, (text) => {
      const file = join(folder, 'compose.yaml');
      writeFileSync(file, text);
      renderCompose(file, folder, new WrittenFiles(folder), () => [80]);
    }),
    RUNS,
  );
});

test('what is traced, and what is explained', () => {
  const manifests = `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { selector: { app: pier }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec: { rules: [{ host: pier.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }] } }] }
`;
  const report = toReport(check([source(manifests)], { rules: allRules }), { version: '0.0.0' });
  const word = spliced(
    'http://',
    'pier',
    '.example.com',
    '.harbour',
    '.svc',
    ':80',
    '/',
    '%2f',
    'svc/',
    'ingress/',
    '*',
    '@',
    ':',
  );
  fc.assert(
    fc.property(word, (text) => {
      const trace = traceTarget(report, text);
      const said = trace.missing ?? renderTrace(report, trace.traced, plainStyle);
      if (STEERING.test(said)) expect(JSON.stringify(said)).toBe('clean');
      const fact = findImageFact(text);
      const told = fact ? describeFact(text, fact) : unknownImage(text);
      if (fact && STEERING.test(told)) expect(JSON.stringify(told)).toBe('clean');
    }),
    RUNS,
  );
});

test('archives of images', async () => {
  const json = fc.oneof(
    fc.json(),
    fc.constantFrom(
      '[{"Config":"c.json","RepoTags":["a:1"]}]',
      '{"manifests":[{"digest":"sha256:0","mediaType":"x"}]}',
      '{"config":{"Env":["A=1"],"ExposedPorts":{"80/tcp":{}},"Cmd":[1]}}',
    ),
  );
  const one = fc.tuple(
    fc.constantFrom('index.json', 'manifest.json', 'c.json', 'blobs/sha256/0', '../x', '/etc/x'),
    json,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 4 }), fc.nat(2_000), async (entries, cut) => {
      const bytes = await packTar(
        entries.map(([name, body]) => ({
          header: { name, size: Buffer.byteLength(body), type: 'file' as const },
          body,
        })),
      );
      const file = join(folder, 'a.tar');
      writeFileSync(file, cut % 3 === 0 ? bytes.subarray(0, cut) : bytes);
      try {
        for (const image of await archivedImages(await tarFiles(file, 'a.tar')))
          await image.config('linux/amd64');
      } catch (error) {
        expect(error).toBeInstanceOf(ImageError);
      }
    }),
    { ...RUNS, timeout: 3000 },
  );
});

/** What a registry may answer, with places of others and words that mean something in a header. */
const answers = fc.array(
  fc.record({
    status: fc.constantFrom(200, 200, 200, 204, 301, 307, 307, 400, 401, 401, 401, 401, 403, 404, 429, 500),
    location: fc.option(
      fc.constantFrom(
        '/x',
        'https://other.example/x',
        'http://registry.example/x',
        'https://a:b@registry.example',
        '//',
        ':',
        '',
      ),
    ),
    challenge: fc.option(
      fc.oneof(
        fc.constant('Bearer realm="https://token.example/t",service="a"'),
        fc.constant('Basic realm="a"'),
        spliced(
          'Bearer ',
          'Basic ',
          'realm="https://token.example/t"',
          'realm="http://x"',
          ',service="a"',
          ',scope=x',
          '"',
        ),
      ),
    ),
    body: fc.oneof(
      fc.json(),
      fc.constantFrom(
        '{"token":"t"}',
        '{"access_token":"a\\nb"}',
        '{"schemaVersion":2,"config":{"digest":"sha256:0","mediaType":"application/vnd.oci.image.config.v1+json"}}',
        '{"manifests":[{"digest":"sha256:0","platform":{"os":"linux","architecture":"amd64"}}]}',
        '{"config":{"Env":["A=1"],"ExposedPorts":{"80/tcp":{}},"Cmd":[1]}}',
      ),
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

test('answers of registries, whose logins go to the host that they are for', async () => {
  const login = fc.constantFrom(
    { username: 'who', password: 'hunter2' },
    { identityToken: 'hunter2' },
    undefined,
  );
  const realms = /^https:\/\/(?:registry|token)\.example(?:\/|$)/;
  await fc.assert(
    fc.asyncProperty(answers, login, async (all, credentials) => {
      let asked = 0;
      // What is thrown there is an answer like any other.
      const leaks: string[] = [];
      vi.stubGlobal(
        'fetch',
        async (url: URL, { headers = {}, body }: { headers?: object; body?: unknown }) => {
          // As fetch does.
          if (url.username !== '') throw new TypeError(`a URL that includes credentials: ${url.href}`);
          const said = `${JSON.stringify(headers)} ${body ?? ''}`;
          const isLogin = said.includes('hunter2') || said.includes(btoa('who:hunter2'));
          if (isLogin && !realms.test(url.href)) leaks.push(url.href);
          const { status, location, challenge, body: text } = all[asked++ % all.length]!;
          return new Response(status === 204 ? null : text, {
            status,
            headers: {
              ...(location === null ? {} : { location }),
              ...(challenge === null ? {} : { 'www-authenticate': challenge.replace(/[^\x20-\x7e]/g, '') }),
            },
          });
        },
      );
      const found = await fetchImageConfig('registry.example/a:1', { credentials: async () => credentials });
      if ('message' in found)
        expect(found.message).not.toMatch(/hunter2|a:b@|[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
      expect(leaks).toEqual([]);
      expect(asked).toBeLessThan(100);
    }),
    RUNS,
  );
  vi.unstubAllGlobals();
});

test('an archive that ends anywhere', async () => {
  const body = '[{"Config":"c.json","RepoTags":["a:1"]}]';
  const bytes = await packTar(
    ['/etc/x', 'index.json'].map((name) => ({
      header: { name, size: body.length, type: 'file' as const },
      body,
    })),
  );
  for (let cut = 0; cut < bytes.length; cut += 41) {
    const file = join(folder, 'cut.tar');
    writeFileSync(file, bytes.subarray(0, cut));
    await tarFiles(file, 'cut.tar').catch((error) => expect(error).toBeInstanceOf(ImageError));
  }
});
