import { afterAll, describe, expect, test } from 'vitest';
import type { Report, ReportLink, State } from '../../src/report/report.ts';
import { traceTarget } from '../../src/report/trace/trace.ts';
import { answeredInside, clientYaml, isAnsweredOutside } from './clients.ts';
import {
  asked,
  because,
  CONTROLLER,
  kubeconfig,
  ownNamespace,
  pause,
  portolan,
  untilRunning,
} from './cluster.ts';
import { bystanders, CLASS, CONFIG, type Generated, generated } from './generated.ts';

/**
 * Deployments that people get wrong, on a real cluster: what `verify` says of each Service port and each route is what
 * clients inside and outside get, and `check` of the files proves nothing that is otherwise. PORTOLAN_TEST_DEPLOYMENTS
 * says how many (6), PORTOLAN_TEST_SEED which.
 */
const COUNT = Number(process.env.PORTOLAN_TEST_DEPLOYMENTS ?? 6);
const AT_ONCE = 30;

const removals: (() => void)[] = [];
afterAll(() => {
  for (const remove of removals) remove();
});

/** What a Service port and a route do. */
interface Met {
  readonly inside: boolean;
  readonly outside: boolean;
}

interface Row extends Met {
  readonly id: string;
  readonly what: string;
  readonly verified: { readonly inside: boolean | undefined; readonly outside: boolean | undefined };
  readonly checked: { readonly inside: State; readonly outside: State };
}

async function clients(all: readonly Generated[], from: string): Promise<Met[]> {
  const inside = answeredInside(
    from,
    all.map(({ id, shop, namespaces }) => [
      `till${id}.${shop.service.namespace === 'shop' ? namespaces.shop : namespaces.yard}.svc.cluster.local`,
      shop.service.port,
    ]),
  );
  const outside = await Promise.all(all.map(({ id }) => isAnsweredOutside(`till${id}.example.com`)));
  return all.map((_, index) => ({ inside: inside[index]!, outside: outside[index]! }));
}

/** Clients, once nothing changes any more. */
async function settled(all: readonly Generated[], from: string): Promise<Met[]> {
  let last = await clients(all, from);
  for (let calm = 0; calm < 2; ) {
    await pause(3_000);
    const now = await clients(all, from);
    calm = JSON.stringify(now) === JSON.stringify(last) ? calm + 1 : 0;
    last = now;
  }
  return last;
}

const linksOf = ({ links }: Report, kind: string, id: string): ReportLink[] =>
  links.filter((one) => one.kind === kind && one.from.resource.name === `till${id}`);

const isAnswer = (ground: ReportLink['grounds'][number]): boolean => {
  const answer = ground.connection?.answer;
  if (!answer || answer.kind === 'refused' || answer.kind === 'timeout') return false;
  return answer.kind !== 'http' || answer.by !== 'controller';
};

/** What was met through the Service and the controller; what is proved to be broken is not answered. */
function saidOf(report: Report, id: string): Row['verified'] {
  const ofService = linksOf(report, 'target-port', id);
  const met = (links: readonly ReportLink[], dialled: string): boolean[] =>
    links
      .flatMap(({ grounds }) => grounds)
      .filter(({ connection }) => connection?.dialled === dialled)
      .map(isAnswer);
  const through = met(ofService, 'service');
  const within = [...ofService, ...linksOf(report, 'selector', id), ...linksOf(report, 'bind', id)];
  const isBroken = within.some(({ state }) => state === 'broken');
  const asked = met(linksOf(report, 'backend', id), 'controller');
  return {
    // A client in the cluster and the API server have to meet the same.
    inside:
      through.length === 0
        ? isBroken
          ? false
          : undefined
        : through.every((one) => one === through[0])
          ? through[0]
          : undefined,
    outside: asked[0],
  };
}

const stateOf = (links: readonly ReportLink[]): State =>
  links.some(({ state }) => state === 'broken')
    ? 'broken'
    : links.some(({ state }) => state === 'unproved')
      ? 'unproved'
      : 'whole';

/** What `check` proves of the way in and of the Service, with what it says stops traffic. */
function proved(report: Report, id: string): Row['checked'] {
  const way = traceTarget(report, `till${id}.example.com`);
  const within = ['selector', 'target-port', 'bind', 'probe'].flatMap((kind) => linksOf(report, kind, id));
  const isStopped = report.findings.some(
    ({ stopsTraffic, link }) => stopsTraffic && within.some((one) => one.id === link),
  );
  // Its links hold, and a warning says that nobody may serve it.
  const isUnserved = report.findings.some(
    ({ rule, resources }) =>
      rule === 'unserved-ingress' && resources.some(({ name }) => name === `till${id}`),
  );
  const ofWay = stateOf(way.traced.flatMap(({ links }) => links));
  const outside = way.isBroken ? 'broken' : isUnserved ? 'unproved' : ofWay;
  const inner = stateOf(within.filter(({ kind }) => kind !== 'probe'));
  return { inside: isStopped ? 'broken' : inner, outside: way.traced.length === 0 ? 'unproved' : outside };
}

async function tried(count: number, seed: number): Promise<Row[]> {
  const [shop, yard] = [ownNamespace('verify-shop'), ownNamespace('verify-yard')];
  removals.push(shop.remove, yard.remove);
  const namespaces = { shop: shop.namespace, yard: yard.namespace };
  const all = generated(count, seed, namespaces);
  const files = {
    'shops.yaml': [bystanders(namespaces), ...all.map(({ yaml }) => yaml)].join('---'),
    'class.yaml': CLASS,
    'portolan.config.yaml': CONFIG,
  };
  asked(['apply', '-f', '-'], [files['shops.yaml'], clientYaml(shop.namespace)].join('---'));
  const checking = portolan(['check', '-o', 'json=report.json'], files);
  for (const namespace of Object.values(namespaces)) await untilRunning(namespace, 180);

  const met = await settled(all, shop.namespace);
  const verify = [
    'verify',
    '-f',
    '.',
    '--through',
    CONTROLLER,
    '--pod',
    '--pod-image',
    'busybox:1.35',
    '-o',
    'json=report.json',
  ];
  const verified = await portolan(verify, files);
  if (!verified.report) throw new Error(verified.stderr);
  const after = await clients(all, shop.namespace);
  const checked = await checking;
  for (const { remove } of [shop, yard]) remove();
  return all.map(({ id, what }, index) => {
    expect(after[index], `${id} ${what} changed meanwhile`).toEqual(met[index]);
    return {
      id,
      what,
      ...met[index]!,
      verified: saidOf(verified.report!, id),
      checked: proved(checked.report!, id),
    };
  });
}

/** One line for each kind of mistake. */
function tableOf(rows: readonly Row[]): string {
  const count = (some: readonly Row[], fits: (row: Row) => boolean): number => some.filter(fits).length;
  const lines = [...new Set(rows.map(({ what }) => what))].toSorted().map((what) => {
    const some = rows.filter((row) => row.what === what);
    const equal = count(
      some,
      (row) => row.verified.inside === row.inside && row.verified.outside === row.outside,
    );
    const states = (['whole', 'broken', 'unproved'] as const).map((state) =>
      count(some, ({ checked }) => checked.outside === state),
    );
    return `| ${what} | ${some.length} | ${count(some, ({ inside }) => inside)} | ${count(some, ({ outside }) => outside)} | ${equal} of ${some.length} | ${states.join(' / ')} |`;
  });
  return [
    '| mistake | deployments | answered inside | answered outside | verify says the same | check of the files: whole / broken / unproved |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

describe.skipIf(!kubeconfig)(`deployments on a real cluster${because}`, () => {
  test(`${COUNT} of them: verify says what clients get, and check proves nothing that is otherwise`, async () => {
    const seed = Number(process.env.PORTOLAN_TEST_SEED ?? Math.floor(Math.random() * 0x7fffffff));
    console.info(`live deployments: seed ${seed}`);
    const rows: Row[] = [];
    for (let done = 0; done < COUNT; done += AT_ONCE)
      rows.push(...(await tried(Math.min(AT_ONCE, COUNT - done), seed + done)));
    console.info(tableOf(rows));
    expect(
      rows.filter(
        ({ inside, outside, verified }) => verified.inside !== inside || verified.outside !== outside,
      ),
    ).toEqual([]);
    const wrong = (state: State, met: boolean): boolean =>
      (state === 'whole' && !met) || (state === 'broken' && met);
    expect(
      rows.filter(
        ({ inside, outside, checked }) => wrong(checked.inside, inside) || wrong(checked.outside, outside),
      ),
    ).toEqual([]);
  }, 1_800_000);
});
