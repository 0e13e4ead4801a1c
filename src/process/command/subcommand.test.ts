import { describe, expect, test } from 'vitest';
import type { FactPort } from '../../knowledge/image-fact.ts';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { pod, shopFact, told } from '../testing-containers.ts';

const port = (number: number, more: Partial<FactPort> = {}): FactPort => ({
  port: number,
  protocol: 'TCP',
  role: 'main',
  moves: { env: [], flags: [{ name: '--port', form: 'port' }] },
  ...more,
});

const fact = shopFact({
  programs: ['shopd'],
  otherArgsHarmless: true,
  subcommands: [
    { names: ['serve', 'shop-server'], ports: [port(80)] },
    { names: ['admin'], ports: [port(81, { opensWith: ['ADMIN_ENABLED', '--enabled'] })] },
    { names: ['migrate'], ports: [] },
  ],
  withoutSubcommand: 'nothing',
});
const run = (container: string) => told(pod(`image: shop, ${container}`), undefined, [fact]);

describe('a subcommand', () => {
  test.each([
    ['args: [serve]', ['80/TCP']],
    ['args: [--verbose, serve, --port=8080]', ['8080/TCP']],
    ['command: [/usr/bin/shop-server]', ['80/TCP']],
    ['command: [shopd, serve]', ['80/TCP']],
    ['args: [migrate]', []],
    ['args: [admin, --enabled]', ['81/TCP']],
    ['args: [admin, --enabled=true]', ['81/TCP']],
    ['args: [admin], env: [{ name: ADMIN_ENABLED, value: "true" }]', ['81/TCP']],
    ['args: [admin, --enabled=false]', []],
    ['args: [admin]', []],
  ])('%s opens %j, and that is all', (container, open) => {
    const { process, open: found } = run(container);
    expect(doubtsOf(process)).toEqual([]);
    expect(found).toEqual(open);
  });

  test.each([
    [
      'env: []',
      'the image shop starts nothing without a subcommand (`serve`, `admin`, `migrate`), and the container names none',
    ],
    [
      'args: [--verbose]',
      'the image shop starts nothing without a subcommand (`serve`, `admin`, `migrate`), and the container names none',
    ],
    ['args: [report]', '`report` in args of container web is not known for the image shop'],
    [
      'args: [admin], env: [{ name: ADMIN_ENABLED, value: maybe }]',
      'whether ADMIN_ENABLED from env opens 81 is not known',
    ],
    [
      'args: [admin], envFrom: [{ configMapRef: { name: gone } }]',
      'an envFrom source that is not in the input can set ADMIN_ENABLED, which opens 81',
    ],
  ])('%s leaves it open', (container, doubt) => {
    const { process, open } = run(container);
    expect(doubtsOf(process)).toContain(doubt);
    expect(open).toEqual([]);
  });
});
