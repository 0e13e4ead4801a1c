import { describe, expect, test } from 'vitest';
import { shopFact } from '../process/testing-containers.ts';
import type { FactPort, ImageFact, Setting } from './image-fact.ts';
import { settle } from './settle.ts';

const port = (number: number, more: Partial<FactPort> = {}): FactPort => ({
  port: number,
  protocol: 'TCP',
  role: 'main',
  moves: { env: [], flags: [] },
  ...more,
});

const at = (fact: ImageFact, tag: string | undefined, digest = false): ImageFact | undefined =>
  settle(fact, { tag, digest });

const numbers = (fact: ImageFact | undefined): number[] | undefined => fact?.ports.map((one) => one.port);

describe('versions', () => {
  const fact = shopFact({
    ports: [port(80)],
    versions: [
      { since: '9.2', ports: [port(8080)] },
      { before: '4', ports: [port(3000)] },
    ],
  });

  test.each([
    ['10', [8080]],
    ['9.2.0-alpine', [8080]],
    ['9', [8080]],
    ['9.1', [80]],
    ['v4.0', [80]],
    ['3.9', [3000]],
    [undefined, [8080]],
    ['edge', [8080]],
  ])('%s', (tag, ports) => expect(numbers(at(fact, tag))).toEqual(ports));

  test('a digest is of no version', () => expect(at(fact, undefined, true)).toBeUndefined());
});

describe('variants', () => {
  const fact = shopFact({
    ports: [port(80)],
    versions: [{ before: '2', ports: [port(3000)], user: 33 }],
    variants: [{ tags: ['-rootless', '-unprivileged'], ports: [port(8080)] }],
  });

  test.each([
    ['3', [80]],
    ['3-rootless', [8080]],
    ['unprivileged', [80]],
    ['3-unprivileged-alpine', [8080]],
  ])('%s', (tag, ports) => expect(numbers(at(fact, tag))).toEqual(ports));

  test('on top of the version', () =>
    expect(at(fact, '1.9-rootless')).toMatchObject({ ports: [{ port: 8080 }], user: 33 }));
});

describe('settings and ports of some versions', () => {
  const env: Setting[] = [
    { name: 'SHOP_PORT', form: 'port', since: '2.4' },
    { name: 'OLD_PORT', form: 'port', before: '2' },
    { name: 'NEW_PORT', form: 'port', since: 'unknown' },
  ];
  const fact = shopFact({
    ports: [
      port(80, { moves: { env, flags: [{ name: '--port', form: 'port', since: '2.4' }] } }),
      port(90, { since: '2.4' }),
    ],
  });
  const read = (tag: string | undefined, digest = false): (string | undefined)[] => {
    const settled = at(fact, tag, digest)!;
    return settled.ports[0]!.moves.env.map(({ name }) => name);
  };

  test.each([
    ['2.4', ['SHOP_PORT']],
    ['2', ['SHOP_PORT']],
    ['2.3', []],
    ['1.0', ['OLD_PORT']],
    ['latest', ['SHOP_PORT', 'NEW_PORT']],
    [undefined, ['SHOP_PORT', 'NEW_PORT']],
  ])('%s reads %j', (tag, names) => expect(read(tag)).toEqual(names));

  test('what a version may lack can move the port, and proves nothing', () => {
    expect(at(fact, '2.3')).toMatchObject({
      otherVariables: ['SHOP_PORT', 'OLD_PORT', 'NEW_PORT'],
      otherFlags: ['--port'],
      ports: [{ port: 80 }, { port: 90, conditional: true }],
    });
    expect(read(undefined, true)).toEqual([]);
  });

  test('a fact without any is returned as it is', () => {
    const plain = shopFact();
    expect(at(plain, '1')).toBe(plain);
  });
});
