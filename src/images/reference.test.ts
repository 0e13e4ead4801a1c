import { expect, test } from 'vitest';
import { readReference } from './reference.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;

test.each<[string, string, string, string]>([
  ['nginx', 'docker.io/library/nginx:latest', 'registry-1.docker.io', 'library/nginx'],
  ['index.docker.io/bitnami/redis:7', 'docker.io/bitnami/redis:7', 'registry-1.docker.io', 'bitnami/redis'],
  ['GHCR.io/a/b/c:1', 'ghcr.io/a/b/c:1', 'ghcr.io', 'a/b/c'],
  ['localhost:5000/a', 'localhost:5000/a:latest', 'localhost:5000', 'a'],
  ['[::1]:5000/a:1', '[::1]:5000/a:1', '[::1]:5000', 'a'],
  [`a:1@${DIGEST}`, `docker.io/library/a@${DIGEST}`, 'registry-1.docker.io', 'library/a'],
  // A mirror is asked itself, and holds the same images.
  ['mirror.gcr.io/library/nginx:1', 'docker.io/library/nginx:1', 'mirror.gcr.io', 'library/nginx'],
  [
    'public.ecr.aws/docker/library/nginx',
    'docker.io/library/nginx:latest',
    'public.ecr.aws',
    'docker/library/nginx',
  ],
])('%s is %s, at %s under %s', (image, key, host, repository) => {
  expect(readReference(image)).toMatchObject({ key, host, repository });
});
