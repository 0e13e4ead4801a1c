import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { PORT_ROLES } from './port-role.ts';
import { SPEECHES } from './speech.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(read('schema/image-facts.schema.json')));
const problemsOf = (facts: unknown): string[] =>
  validate(facts)
    ? []
    : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`.trim());

describe('facts as they are written', () => {
  const files = readdirSync(new URL('facts/images', root)).map((file) => `images/${file}`);

  test.each([...files, 'frameworks.yaml'])('facts/%s keeps to the schema', (file) =>
    expect(problemsOf(load(read(`facts/${file}`)))).toEqual([]),
  );
});

describe('the schema', () => {
  test('knows the roles and protocols that the program knows', () => {
    const { role, speaks } = JSON.parse(read('schema/image-facts.schema.json')).$defs.port.properties;
    expect(['main', ...role.enum]).toEqual([...PORT_ROLES]);
    expect(speaks.enum).toEqual([...SPEECHES]);
  });

  const port = { port: 8080 };
  const common = {
    id: 'pier',
    ports: [port],
    honoursPort: 'no',
    variablesComplete: false,
    otherArgsHarmless: false,
    bind: 'all',
    status: 'verified',
    checked: '2026-11-29',
    source: [{ repo: 'example/pier', issue: 1 }],
  };
  const image = { ...common, match: ['example/pier'] };
  const framework = { ...common, commands: ['pier serve'] };
  const link = { service: 'pier', variable: 'PIER_PORT', effect: 'crash' };

  test.each([
    ['an image', image],
    ['a framework', framework],
    ['a fact from memory without source', { ...image, status: 'from memory', source: [] }],
    ['an image without ports', { ...image, ports: [] }],
    ['all of a version', { ...image, versions: [{ before: '2.1', ports: [port], bind: 'loopback' }] }],
    ['a family', { ...image, match: ['{ghcr.io,quay.io}/example/pier', 'example/pier-*'] }],
    ['a variant', { ...image, variants: [{ tags: ['-rootless'], ports: [port] }] }],
    [
      'subcommands',
      { ...image, subcommands: [{ names: ['serve'], ports: [port] }], withoutSubcommand: 'nothing' },
    ],
    [
      'a variable of some versions',
      { ...image, ports: [{ ...port, env: [{ name: 'PORT', form: 'port', since: '1.2' }] }] },
    ],
    [
      'a link',
      { ...image, serviceLinks: [{ ...link, note: 'it ends', source: { repo: 'example/pier', issue: 2 } }] },
    ],
  ])('takes %s', (_, fact) => expect(problemsOf([fact])).toEqual([]));

  test.each([
    ['without source', { ...image, source: [] }],
    ['without status', { ...image, status: undefined }],
    ['with a status of its own', { ...image, status: 'guessed' }],
    ['with a source that nobody can look up', { ...image, source: ['a public excerpt'] }],
    ['with a source without commit', { ...image, source: [{ repo: 'example/pier', path: 'Dockerfile' }] }],
    ['with a source in one text', { ...image, source: ['example/pier#1'] }],
    ['that nobody is said to have looked at', { ...image, checked: undefined }],
    ['with a field of its own', { ...image, colour: 'blue' }],
    ['of neither kind', common],
    ['of both kinds', { ...image, commands: ['pier'] }],
    ['without names', { ...image, match: [] }],
    ['with a tag', { ...image, match: ['example/pier:1'] }],
    ['with a digest', { ...image, match: ['example/pier@sha256:0a'] }],
    ['with prose for a name', { ...image, match: ['pier (Helm chart)'] }],
    ['with a glob in the middle', { ...image, match: ['pier*/x'] }],
    ['with a role of its own', { ...image, ports: [{ ...port, role: 'the pier' }] }],
    ['with a protocol of its own', { ...image, ports: [{ ...port, speaks: 'HTTP and HTTPS' }] }],
    ['with a variant of every tag', { ...image, variants: [{ bind: 'all' }] }],
    ['with a subcommand without name', { ...image, subcommands: [{ ports: [port] }] }],
    ['with a version of no bound', { ...image, versions: [{ bind: 'all' }] }],
    ['with a version in words', { ...image, ports: [{ ...port, since: 'soon' }] }],
    ['with port 0', { ...image, ports: [{ port: 0 }] }],
    ['with port 65536', { ...image, ports: [{ port: 65536 }] }],
    ['with a protocol in small letters', { ...image, ports: [{ port: 53, protocol: 'udp' }] }],
    ['with a default spelled out', { ...image, ports: [{ port: 53, protocol: 'TCP' }] }],
    ['with a port of unknown bind', { ...image, ports: [{ ...port, bind: 'everything' }] }],
    ['with a flag for a variable', { ...image, ports: [{ ...port, env: ['--port'] }] }],
    ['with a flag without dashes', { ...image, ports: [{ ...port, flags: ['port'] }] }],
    ['with a form of its own', { ...image, ports: [{ ...port, env: [{ name: 'PORT', form: 'url' }] }] }],
    ['with an unknown bind', { ...image, bind: 'everything' }],
    ['with an unknown word for PORT', { ...image, honoursPort: 'maybe' }],
    ['with a version that changes nothing', { ...image, versions: [{ before: '2' }] }],
    ['with a version in words', { ...image, versions: [{ before: 'v2', bind: 'all' }] }],
    ['with a version of an unknown field', { ...image, versions: [{ before: '2', match: ['a'] }] }],
    ['with a link without variable', { ...image, serviceLinks: [{ ...link, variable: undefined }] }],
    ['with a link of unknown effect', { ...image, serviceLinks: [{ ...link, effect: 'likely crash' }] }],
    ['with a link of an impossible Service', { ...image, serviceLinks: [{ ...link, service: 'Pier' }] }],
    ['with a link without usable source', { ...image, serviceLinks: [{ ...link, source: 'from memory' }] }],
    ['with half a misleading variable', { ...image, misleadingVariables: [{ name: 'DB_PORT' }] }],
    ['with a meaning that ends', { ...image, misleadingVariables: [{ name: 'A', means: 'the port.' }] }],
    ['with host port 0', { ...image, composeHostPorts: [0] }],
    ['with a host port in quotes', { ...image, composeHostPorts: ['8080'] }],
    ['with an unknown format', { ...image, configPaths: ['/etc/pier'], configFormat: 'toml' }],
    ['with a format of nothing', { ...image, configFormat: 'nginx' }],
    ['with a relative path', { ...image, configPaths: ['etc/pier'] }],
    ['with a right to low ports that it does not have', { ...image, bindsLowPorts: false }],
    ['with state in a relative path', { ...image, statePaths: ['data'] }],
    ['with a path for a program', { ...image, programs: ['/bin/pier'] }],
    ['with notes without end', { ...image, notes: 'See the page' }],
  ])('refuses a fact %s', (_, fact) =>
    expect(problemsOf(JSON.parse(JSON.stringify([fact])))).not.toEqual([]),
  );
});
