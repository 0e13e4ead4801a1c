import { expect, test } from 'vitest';
import { namedDockerfiles } from './named-dockerfiles.ts';

const named = (given: Record<string, string>, ...images: string[]) => {
  const { dockerfiles, unmet } = namedDockerfiles(new Map(Object.entries(given)), images);
  return [Object.fromEntries(dockerfiles), unmet];
};

test('a name without a tag means every tag of the image, and no other image', () => {
  expect(named({ 'acme.dev/till': 'a' }, 'acme.dev/till:1.4', 'acme.dev/till@sha256:0', 'till:1.4')).toEqual([
    { 'acme.dev/till': 'a', 'acme.dev/till:1.4': 'a' },
    [],
  ]);
});

test('a tag that is written out goes first, whatever the order', () => {
  const [dockerfiles] = named({ 'till:1.4': 'b', till: 'a' }, 'till:1.4', 'till:1.5');
  expect(dockerfiles).toEqual({ till: 'a', 'till:1.4': 'b', 'till:1.5': 'a' });
});

test('names of no image of the input are told', () => {
  expect(named({ 'till:1.5': 'a', tiller: 'b', '{{ x }}': 'c' }, 'till:1.4', '{{ x }}')[1]).toEqual([
    'till:1.5',
    'tiller',
    '{{ x }}',
  ]);
});
