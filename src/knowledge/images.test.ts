import { describe, expect, test } from 'vitest';
import { PROTOCOLS } from '../model/protocol.ts';
import { parseImage } from './image-reference.ts';
import { findImageFact, imageFacts } from './lookup.ts';

const SOURCE = /^[\w.-]+\/[\w.-]+(:[\w./-]+ @ [0-9a-f]{12}|#\d+)$|^https:\/\//;
const FORMS = ['port', 'address', 'host'];

describe('the table', () => {
  test('no two facts share an id or a name', () => {
    const ids = imageFacts().map(({ id }) => id);
    const names = imageFacts().flatMap(({ match }) => match.map((name) => parseImage(name)?.name));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(names).size).toBe(names.length);
  });

  describe.each(imageFacts().map((fact) => [fact.id, fact] as const))('%s', (_, fact) => {
    test('says where it was read', () => {
      expect(fact.status).toMatch(/^(verified|partly verified|from memory)$/);
      if (fact.status !== 'from memory') expect(fact.source).not.toEqual([]);
      for (const source of fact.source) expect(source).toMatch(SOURCE);
    });

    test('is well formed', () => {
      expect(fact.match.length).toBeGreaterThan(0);
      for (const name of fact.match)
        expect(parseImage(name)).toMatchObject({ tag: undefined, digest: false });
      expect(fact.honoursPort).toMatch(/^(yes|no|template-only|other-meaning)$/);
      for (const path of [...fact.configPaths, ...(fact.statePaths ?? [])]) expect(path).toMatch(/^\//);
      for (const program of fact.programs) expect(program).not.toContain('/');
      expect(typeof fact.otherArgsHarmless).toBe('boolean');
      expect(fact.bind).toMatch(/^(all|loopback|hostname|ipv6)$/);
    });

    test('has ports that a setting can name', () => {
      expect(fact.ports.length).toBeGreaterThan(0);
      for (const { port, protocol, moves } of fact.ports) {
        expect(port).toBeGreaterThan(0);
        expect(port).toBeLessThan(65536);
        expect(PROTOCOLS).toContain(protocol);
        for (const { name, form } of [...moves.env, ...moves.flags]) {
          expect(FORMS).toContain(form);
          expect(name).not.toBe('');
        }
        for (const { name } of moves.flags) expect(name).toMatch(/^--?[\w.-]+$/);
      }
      const moving = fact.ports.flatMap(({ moves }) => moves.env.map(({ name }) => name));
      expect(moving.includes('PORT')).toBe(fact.honoursPort === 'yes');
    });
  });
});

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
});
