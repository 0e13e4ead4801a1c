import { describe, expect, test } from 'vitest';
import type { ImageFact } from './image-fact.ts';
import { parseImage } from './image-reference.ts';
import { findImageFact, imageFacts } from './lookup.ts';

const FORMS = ['port', 'address', 'host', 'list', 'listen'];
const BINDS = ['all', 'loopback', 'hostname', 'ipv6'];

/** The fact itself, and what it is for tags of each of its older versions. */
const settled = (fact: ImageFact): ImageFact[] => [
  fact,
  ...[...(fact.versions ?? []), ...(fact.variants ?? []), ...(fact.subcommands ?? [])].map((changed) => ({
    ...fact,
    ...changed,
  })),
];

const movers = ({ ports }: ImageFact): string[] =>
  ports.flatMap(({ moves }) => moves.env.map(({ name }) => name));

const readBy = (fact: ImageFact): string[] => [
  ...movers(fact),
  ...(fact.otherVariables ?? []),
  ...(fact.misleadingVariables ?? []).map(({ name }) => name),
];

describe('the table', () => {
  test('no two facts share an id or a name', () => {
    const ids = imageFacts().map(({ id }) => id);
    const names = imageFacts().flatMap(({ match }) => [
      ...new Set(match.map((name) => parseImage(name)?.name ?? name)),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(names).size).toBe(names.length);
  });

  describe.each(imageFacts().map((fact) => [fact.id, fact] as const))('%s', (_, fact) => {
    test('says where it was read', () => {
      if (fact.status !== 'from memory') expect(fact.source).not.toEqual([]);
    });

    test('is named as manifests name images', () => {
      for (const name of fact.match)
        expect(parseImage(name.replace(/\*$/, 'x'))).toMatchObject({ tag: undefined, digest: false });
    });

    test('has ports, or says why it has none', () => {
      if (fact.ports.length === 0) expect(fact.notes).not.toBeNull();
      for (const { ports } of settled(fact)) {
        for (const { bind, moves } of ports) {
          expect([undefined, ...BINDS]).toContain(bind);
          for (const { form } of [...moves.env, ...moves.flags]) expect(FORMS).toContain(form);
        }
        const certain = ports.filter(({ conditional, closed }) => !conditional && !closed);
        const sockets = certain.map(({ port, protocol }) => `${port}/${protocol}`);
        expect(new Set(sockets).size).toBe(sockets.length);
      }
    });

    test('knows one meaning of each variable and argument', () => {
      for (const one of settled(fact)) {
        const other = [
          ...(one.otherVariables ?? []),
          ...(one.misleadingVariables ?? []).map(({ name }) => name),
        ];
        expect(new Set(other).size).toBe(other.length);
        expect(movers(one).filter((name) => other.includes(name))).toEqual([]);
        const flags = one.ports.flatMap(({ moves }) => moves.flags.map(({ name }) => name));
        expect(flags.filter((name) => one.harmlessArgs?.includes(name))).toEqual([]);
      }
    });

    test('says of PORT what its lists say', () => {
      for (const one of settled(fact)) {
        expect(movers(one).includes('PORT')).toBe(one.honoursPort === 'yes');
        const means = one.misleadingVariables?.some(({ name }) => name === 'PORT') ?? false;
        expect(means).toBe(one.honoursPort === 'other-meaning');
      }
    });

    test('has versions from the newest to the oldest', () => {
      const numbers = (fact.versions ?? []).map(({ before = '99999' }) => before.split('.').map(Number));
      const sorted = numbers.toSorted((a, b) => b[0]! - a[0]! || (b[1] ?? 0) - (a[1] ?? 0));
      expect(numbers).toEqual(sorted);
    });

    test('S-111 S-112 names variables that the link of the Service sets', () => {
      for (const { service, variable, effect } of fact.serviceLinks ?? []) {
        const prefix = service.toUpperCase().replaceAll('-', '_');
        expect(variable).toMatch(new RegExp(`^${prefix}_(SERVICE_)?PORT(_|$)`));
        const harms = effect !== 'handled' && effect !== 'unknown';
        if (harms && !READS_BY_PREFIX.has(fact.id)) expect(settled(fact).flatMap(readBy)).toContain(variable);
      }
    });

    test('tells host ports from its own', () => {
      const own = settled(fact).flatMap(({ ports }) => ports.map(({ port }) => port));
      expect(fact.composeHostPorts?.filter((port) => own.includes(port)) ?? []).toEqual([]);
    });
  });
});

/** Images that read every variable of some beginning, so that no list names all. */
const READS_BY_PREFIX = new Set(['neo4j']);

describe('parseImage', () => {
  test.each([
    ['web', 'docker.io/library/web', undefined],
    ['shop/web:1.2', 'docker.io/shop/web', '1.2'],
    ['registry:5000/shop/web:1.2', 'registry:5000/shop/web', '1.2'],
    ['localhost/web', 'localhost/web', undefined],
    ['GHCR.io/shop/web', 'ghcr.io/shop/web', undefined],
  ])('%s', (image, name, tag) => expect(parseImage(image)).toEqual({ name, tag, digest: false }));
});

describe('findImageFact', () => {
  test.each([
    'nginx',
    'nginx:1.27',
    'library/nginx',
    'docker.io/nginx',
    'Docker.IO/nginx',
    'docker.io/library/nginx@sha256:0a1b',
    'nginx:1.27@sha256:0a1b',
    'index.docker.io/library/nginx',
    'registry-1.docker.io/library/nginx:alpine',
    'mirror.gcr.io/library/nginx',
    'public.ecr.aws/docker/library/nginx:1',
  ])('%s is nginx', (image) => expect(findImageFact(image)?.id).toBe('nginx'));

  test.each([
    'mycorp/nginx',
    'localhost:5000/nginx',
    'localhost/nginx',
    'ghcr.io/nginx',
    'ghcr.io/library/nginx',
    'public.ecr.aws/library/nginx',
    'Nginx',
    'nginx:',
    'nginx:{{ tag }}',
    '{{ image }}',
    '$IMAGE',
    'nginx@@',
    'nginx ',
    '',
  ])('%j is not', (image) => expect(findImageFact(image)).toBeUndefined());

  test.each([
    ['ghcr.io/advplyr/audiobookshelf:latest', 'audiobookshelf'],
    ['nginxinc/nginx-unprivileged:1.27-alpine', 'nginx-unprivileged'],
    ['quay.io/prometheus/prometheus:v3.1.0', 'prometheus'],
    ['adminer', 'adminer'],
    ['wordpress:6-apache', 'wordpress'],
  ])('%s is %s', (image, id) => expect(findImageFact(image)?.id).toBe(id));

  test.each(['adminer:4-fastcgi', 'wordpress:6-fpm-alpine', 'wordpress@sha256:0a1b'])(
    'a variant that is another program, or can be one: %s',
    (image) => expect(findImageFact(image)).toBeUndefined(),
  );

  test.each([
    ['mcr.microsoft.com/dotnet/aspnet', [8080]],
    ['mcr.microsoft.com/dotnet/aspnet:latest', [8080]],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', [8080]],
    ['mcr.microsoft.com/dotnet/aspnet:9.0-alpine', [8080]],
    ['mcr.microsoft.com/dotnet/aspnet:7.0', [80]],
    ['mcr.microsoft.com/dotnet/aspnet:6.0.36-bookworm-slim', [80]],
    ['lissy93/dashy:release-3.1.0', [8080]],
    ['lissy93/dashy:3.1.0', [8080]],
    ['lissy93/dashy:2.1.2', [80]],
    ['dpage/pgadmin4', []],
    ['dpage/pgadmin4:9.11', [80]],
    ['influxdb:3-core', [8181]],
    ['influxdb:2.7', [8086]],
    ['eclipse-mosquitto:2.0.22', [1883]],
    ['influxdb:1.8', [8086]],
    ['ghcr.io/immich-app/immich-server:v1.117.0', [3001]],
    ['ghcr.io/immich-app/immich-server:v1.118.0', [2283]],
  ])('%s listens on %j', (image, main) => {
    const ports = findImageFact(image)!.ports.filter(({ conditional, closed }) => !conditional && !closed);
    expect(ports.map(({ port }) => port)).toEqual(main);
  });

  test('a version changes what it names and nothing else', () => {
    const [old, current] = [findImageFact('eclipse-mosquitto:2.0'), findImageFact('eclipse-mosquitto:2')];
    expect(current!.bind).toBe('all');
    expect(old).toEqual({ ...current, ports: old!.ports, bind: 'loopback' });
    expect(findImageFact('eclipse-mosquitto:1.6')).toEqual({ ...old, bind: 'all' });
  });

  test.each([
    'mcr.microsoft.com/dotnet/aspnet@sha256:0a1b',
    'influxdb',
    'influxdb:latest',
    'influxdb:alpine',
  ])('which version it is cannot be told: %s', (image) => expect(findImageFact(image)).toBeUndefined());
});
