import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { matchDockerfiles } from './match-dockerfiles.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const write = (path: string, text = 'FROM node:20'): void => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
};

const match = (images: readonly string[], paths = ['.'], known?: (image: string) => boolean): object =>
  Object.fromEntries(
    [...matchDockerfiles(paths, images, { cwd, ...(known ? { known } : {}) })].map(([image, file]) => [
      image,
      relative(cwd, file),
    ]),
  );

test.each([
  'api/Dockerfile',
  'services/api/Dockerfile',
  'Dockerfile.api',
  'build/api.Dockerfile',
  'api/Containerfile',
])('%s builds shop/api', (path) => {
  write(path);
  write('k8s/app.yaml');
  expect(match(['shop/api:3'])).toEqual({ 'shop/api:3': path });
  expect(match(['ghcr.io/shop/api', 'shop/web', '{{ image }}'])).toEqual({ 'ghcr.io/shop/api': path });
});

test.each<[string, string[]]>([
  ['an image without an owner', ['api:3']],
  ['an image by digest', [`shop/api@sha256:${'0'.repeat(64)}`]],
  ['several tags', ['shop/api:3', 'shop/api:4']],
  ['several images', ['shop/api:3', 'other/api:3']],
  ['another name', ['shop/api-server:3']],
])('%s is not taken for what is built', (_, images) => {
  write('api/Dockerfile');
  expect(match(images)).toEqual({});
});

test('two spellings of one image are one image', () => {
  write('api/Dockerfile');
  expect(Object.keys(match(['shop/api', 'docker.io/shop/api:latest']))).toHaveLength(2);
});

test('two Dockerfiles of one name are none', () => {
  write('api/Dockerfile');
  write('old/api/Dockerfile');
  expect(match(['shop/api:3'])).toEqual({});
  expect(match(['shop/api:3'], ['old'])).toEqual({ 'shop/api:3': 'old/api/Dockerfile' });
});

test.each([
  'FROM bitnami/redis:7\nUSER 0',
  'FROM docker.io/bitnami/redis AS below\nFROM alpine\nCOPY --from=below / /',
  'ARG BASE=bitnami/redis\nFROM $BASE',
])('what changes a public image is not that image: %j', (text) => {
  write('redis/Dockerfile', text);
  expect(match(['bitnami/redis:7'])).toEqual({});
});

test('an image that is known by itself is built by nobody here', () => {
  write('grafana/Dockerfile');
  expect(match(['grafana/grafana:11'])).toHaveProperty(['grafana/grafana:11']);
  expect(match(['grafana/grafana:11'], ['.'], (image) => image.startsWith('grafana/'))).toEqual({});
});

test('dependencies, links, and what lies beside a file given are not searched', () => {
  write('node_modules/api/Dockerfile');
  write('k8s/app.yaml');
  write('real/api/Dockerfile');
  symlinkSync(join(cwd, 'real'), join(cwd, 'k8s/link'));
  expect(match(['shop/api:3'], ['k8s', 'node_modules/x', 'https://quay/app.yaml', '-'])).toEqual({});
  write('k8s/api/Dockerfile');
  expect(match(['shop/api:3'], ['k8s/app.yaml'])).toEqual({});
  write('k8s/Dockerfile.api');
  expect(match(['shop/api:3'], ['k8s/app.yaml'])).toEqual({ 'shop/api:3': 'k8s/Dockerfile.api' });
});

test('source code that is called like one is none', () => {
  write('src/dockerfile.ts');
  write('src/dockerfile');
  expect(match(['shop/ts:1', 'shop/src:1'])).toEqual({ 'shop/src:1': 'src/dockerfile' });
});

test('a file that is no text is no Dockerfile', () => {
  write('api/Dockerfile', '\0');
  expect(match(['shop/api:3'])).toEqual({});
});
