import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { ImageFact } from '../knowledge/image-fact.ts';
import { imageFacts } from '../knowledge/lookup.ts';
import type { ContainerProcess } from '../process/listeners/container-process.ts';
import { doubtsOf } from '../testing/doubts-of.ts';
import { check } from './check.ts';

/** A container, and the ports that are open then. */
interface FactCase {
  readonly name?: string;
  readonly tag?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly ports: 'unproved' | readonly (number | string)[];
}

const NOWHERE = 64_999;
const FREE = 28_080;

/** What a run makes of a Deployment with one container behind a Service that sends to each of the ports. */
function run(fact: ImageFact, one: FactCase, ports: readonly (number | string)[]) {
  const { name, tag, command, args, env = {} } = one;
  const image = `${(name ?? fact.match[0]!).replace(/\*$/, 'x')}${tag ? `:${tag}` : ''}`;
  const container = {
    name: 'one',
    image,
    ...(command && { command }),
    ...(args && { args }),
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
  };
  const sent = [...ports, NOWHERE].map((port, index) => {
    const [number, protocol = 'TCP'] = String(port).split('/');
    return { name: `p${index}`, port: index + 1, targetPort: Number(number), protocol };
  });
  const workload = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'quay' },
    spec: {
      selector: { matchLabels: { app: 'quay' } },
      template: {
        metadata: { labels: { app: 'quay' } },
        spec: { enableServiceLinks: false, containers: [container] },
      },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'harbour' },
    spec: { selector: { app: 'quay' }, ports: sent },
  };
  // JSON is YAML.
  const text = `${JSON.stringify(workload)}\n---\n${JSON.stringify(service)}\n`;
  const { sets, errors } = check([{ path: 'quay.yaml', text, kind: 'file', editable: true }], { rules: [] });
  expect(errors).toEqual([]);
  const { graph } = sets[0]!;
  const [quay] = graph.model.workloads;
  const process: ContainerProcess = graph.processOf(quay!, quay!.template.containers[0]!);
  const states = new Map(graph.binds.map(({ number, protocol, state }) => [`${number}/${protocol}`, state]));
  return { process, states };
}

const written = (port: number | string): string => (typeof port === 'number' ? `${port}/TCP` : port);

function prove(fact: ImageFact, one: FactCase): void {
  if (one.ports === 'unproved') {
    const { process, states } = run(fact, one, []);
    expect(process.complete).toBe(false);
    expect(states.get(`${NOWHERE}/TCP`)).toBe('unproved');
    return;
  }
  const { process, states } = run(fact, one, one.ports);
  const open = process.listeners.map(({ port, protocol }) => `${port}/${protocol}`);
  expect(doubtsOf(process)).toEqual(
    fact.status === 'from memory' ? [expect.stringContaining('have no source')] : [],
  );
  expect(open.toSorted()).toEqual(one.ports.map(written).toSorted());
  const wrong = fact.status === 'from memory' ? 'unproved' : 'broken';
  expect(states.get(`${NOWHERE}/TCP`)).toBe(wrong);
  for (const { port, protocol, bind } of process.listeners)
    expect(states.get(`${port}/${protocol}`)).toBe(bind === 'loopback' ? 'broken' : 'whole');
}

describe('cases that the facts themselves name', () => {
  const folder = new URL('../../facts/images/', import.meta.url);
  const entries = readdirSync(folder).flatMap(
    (file) => load(readFileSync(new URL(file, folder), 'utf8')) as { id: string; cases?: FactCase[] }[],
  );
  const facts = new Map(imageFacts().map((fact) => [fact.id, fact]));
  const cases = entries.flatMap(({ id, cases: own = [] }) =>
    own.map((one) => [`${id} ${JSON.stringify(one)}`, facts.get(id)!, one] as const),
  );

  test.each(cases)('%s', (_, fact, one) => prove(fact, one));
});

/** Settings by which a run differs from the image as shipped, with the ports that it then has. */
const certain = (fact: ImageFact): string[] =>
  fact.ports
    .filter(({ conditional, closed, opensWith }) => !conditional && !closed && !opensWith)
    .map(({ port, protocol }) => `${port}/${protocol}`);

/** Whether the newest tag decides over anything at all. */
const isDecided = ({ exceptTags = [], subcommands, withoutSubcommand }: ImageFact): boolean =>
  !exceptTags.some((part) => 'latest'.includes(part)) && !(subcommands && withoutSubcommand);

describe('what every fact says', () => {
  const facts = imageFacts().filter(isDecided);

  test.each(facts.map((fact) => [fact.id, fact] as const))('%s, as shipped', (_, fact) =>
    prove(fact, { ports: certain(fact) }),
  );

  const moves = facts.flatMap((fact) =>
    fact.ports
      .filter(({ conditional, protocol }) => !conditional && protocol === 'TCP')
      .flatMap((port) =>
        [
          ...port.moves.env.map((setting) => ({ setting, env: true })),
          ...port.moves.flags.map((setting) => ({ setting, env: false })),
        ]
          .filter(({ setting: { form, meanings } }) => (form === 'port' || form === 'address') && !meanings)
          .map((one) => [`${fact.id}, ${one.setting.name}`, fact, { ...one, port }] as const),
      ),
  );

  test.each(moves)('%s moves a port', (_, fact, { setting: { name, form, prefix }, env, port }) => {
    const value = form === 'port' ? String(FREE) : `0.0.0.0:${FREE}`;
    const [opener] = port.opensWith ?? [];
    const flag = prefix ? [name, `${prefix}${value}`] : [`${name}=${value}`];
    const given = [...(env ? [] : flag), ...(opener?.startsWith('-') ? [opener] : [])];
    const set = {
      ...(env && { [name]: value }),
      ...(opener && !opener.startsWith('-') && { [opener]: 'true' }),
    };
    const { process } = run(fact, { args: given, env: set, ports: [] }, [FREE]);
    expect(process.listeners.map(({ port }) => port)).toContain(FREE);
  });
});
