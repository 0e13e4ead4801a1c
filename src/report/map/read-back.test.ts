import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../engine/check.ts';
import { toReport } from '../../engine/to-report.ts';
import { sourcesOf } from '../../testing/test-rule.ts';
import type { Report, ReportEnd, ReportLink } from '../report.ts';
import { renderSvg } from './svg.ts';
import { WIDE } from './written.ts';

/** Few numbers and names, so that ends often meet by chance. */
const number = fc.constantFrom(80, 443, 3000, 8080, 9090);
const portName = fc.constantFrom('http', 'metrics', 'web');
const reference = fc.oneof(number, portName);

const app = fc.record({
  route: fc.constantFrom('none', 'ingress', 'gateway', 'two-listeners', 'no-gateway'),
  /** Whether routes meet at the first Service, or each goes to its own. */
  leads: fc.constantFrom('own', 'first'),
  /** How the route names the port of the Service. */
  asks: reference,
  host: fc.option(fc.constantFrom('a.example.com', 'b.example.com')),
  path: fc.constantFrom('/', '/cart', '/api/v1'),
  type: fc.constantFrom('ClusterIP', 'headless', 'NodePort', 'LoadBalancer', 'ExternalName'),
  ports: fc.uniqueArray(
    fc.record({
      ...{ name: portName, port: number, target: fc.option(reference) },
      protocol: fc.option(fc.constant('UDP')),
    }),
    {
      // A server takes no two that share one of them.
      comparator: (one, other) => one.name === other.name || one.port === other.port,
      minLength: 1,
      maxLength: 3,
    },
  ),
  selects: fc.constantFrom('own', 'nothing', 'another', 'misspelt', 'by hand'),
  workloads: fc.array(
    fc.record({
      kind: fc.constantFrom('Deployment', 'StatefulSet', 'Pod'),
      /** Undefined: an image that nobody knows. */
      listens: fc.option(number, { nil: undefined }),
      declares: fc.option(fc.record({ name: portName, containerPort: number }), { nil: undefined }),
      probe: fc.option(reference, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
});
type App = typeof app extends fc.Arbitrary<infer One> ? One : never;

const json = JSON.stringify;

function routeOf(name: string, { route, leads, asks, host, path }: App): object[] {
  const metadata = { name, namespace: 'shop' };
  const to = leads === 'first' ? 'app-0' : name;
  if (route === 'none') return [];
  if (route === 'ingress') {
    const service = { name: to, port: typeof asks === 'number' ? { number: asks } : { name: asks } };
    const http = { paths: [{ path, pathType: 'Prefix', backend: { service } }] };
    const spec = { rules: [{ ...(host === null ? {} : { host }), http }] };
    return [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec }];
  }
  const apiVersion = 'gateway.networking.k8s.io/v1';
  const gateway = {
    ...{ apiVersion, kind: 'Gateway', metadata },
    spec: {
      gatewayClassName: 'c',
      listeners: [
        { name: 'l', port: 80, protocol: 'HTTP' },
        ...(route === 'two-listeners' ? [{ name: 'm', port: 8080, protocol: 'HTTP' }] : []),
      ],
    },
  };
  const rules = [{ backendRefs: [{ name: to, port: typeof asks === 'number' ? asks : 80 }] }];
  const hostnames = host === null ? {} : { hostnames: [host] };
  const spec = { parentRefs: [{ name }], ...hostnames, rules };
  return [...(route === 'no-gateway' ? [] : [gateway]), { apiVersion, kind: 'HTTPRoute', metadata, spec }];
}

function objectsOf(one: App, at: number): object[] {
  const name = `app-${at}`;
  const labels = { app: name };
  const ports = one.ports.map(({ name: called, port, target, protocol }) => ({
    ...{ name: called, port },
    ...(target === null ? {} : { targetPort: target }),
    ...(protocol === null ? {} : { protocol }),
  }));
  const selector = {
    own: labels,
    another: { app: 'app-0' },
    nothing: { app: 'nobody' },
    misspelt: { app: `${name}-x` },
    'by hand': undefined,
  }[one.selects];
  const type = {
    ...{ ClusterIP: {}, headless: { clusterIP: 'None' } },
    ...{ NodePort: { type: 'NodePort' }, LoadBalancer: { type: 'LoadBalancer' } },
    ExternalName: { type: 'ExternalName', externalName: 'db.example.com' },
  }[one.type];
  const service = {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' } },
    spec: { ...type, selector, ports },
  };
  const workloads = one.workloads.map(({ kind, listens, declares, probe }, row) => {
    const image =
      listens === undefined
        ? { image: 'registry.example.com/unknown:1' }
        : { image: 'hashicorp/http-echo:1.0', args: [`-listen=:${listens}`] };
    const readinessProbe = probe === undefined ? {} : { readinessProbe: { tcpSocket: { port: probe } } };
    const container = { name: 'c', ...image, ...(declares ? { ports: [declares] } : {}), ...readinessProbe };
    const metadata = { name: `${name}-${row}`, namespace: 'shop' };
    const pod = { metadata: { labels }, spec: { containers: [container] } };
    return kind === 'Pod'
      ? { apiVersion: 'v1', kind, metadata: { ...metadata, labels }, spec: pod.spec }
      : { apiVersion: 'apps/v1', kind, metadata, spec: { selector: { matchLabels: labels }, template: pod } };
  });
  return [...routeOf(name, one), service, ...workloads];
}

/** Each field on a line of its own, so that places differ. */
const manifestsOf = (apps: readonly App[]): string =>
  apps
    .flatMap(objectsOf)
    .map((object) => JSON.stringify(object, undefined, 1))
    .join('\n---\n');

/** What one link says, as far as both of its ends go. */
interface Said {
  readonly state: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly places: string;
}

/** `whole bind: Deployment shop/app container c 80 → Deployment shop/app container c 80: why (app.yaml:3:4)` */
const SENTENCE =
  /^(?<state>whole|broken|unproved) (?<kind>[a-z-]+): (?<from>.+?) → (?<to>.+?): .*?(?: \((?<places>app\.yaml:\d+:\d+(?:, app\.yaml:\d+:\d+)?)\))?$/s;

const FORWARDS = / forwards (\d+) to ([\w-]+)(?:, \d+ to [\w-]+)*/;

const heard = (title: string): Said[] =>
  title.split(/; (?=(?:whole|broken|unproved) [a-z-]+: )/).map((sentence) => {
    const { state = '', kind = '', from = '', to = '', places = '' } = SENTENCE.exec(sentence)?.groups ?? {};
    return { state, kind, from, to, places };
  });

/** What the report says of a link, by its contract alone. */
function expected({ state, kind, from, to, nearest, disagreeing = [] }: ReportLink): Said {
  const end = ({ resource, container, port, targetPort }: ReportEnd, isTarget: boolean): string => {
    const number = isTarget ? (targetPort ?? port?.number) : (port?.number ?? port?.name);
    const called = !isTarget && port?.number !== undefined && port.name ? ` (${port.name})` : '';
    const inside = container === undefined ? '' : ` container ${container}`;
    return `${resource.kind} ${resource.namespace}/${resource.name}${inside}${number === undefined ? '' : ` ${number}`}${called}`;
  };
  const near = to ?? nearest;
  const words = (side: 'from' | 'to'): string =>
    disagreeing.map((one) => ` (${one.what} ${one[side] ?? `no ${one.from}`})`).join('');
  const places = [from, ...(near ? [near] : [])].flatMap(({ location }) =>
    location ? [`${location.path}:${location.line}:${location.column}`] : [],
  );
  return {
    ...{ state, kind, from: end(from, kind === 'target-port') + words('from') },
    to: (near ? end(near, false) : 'nothing') + words('to'),
    places: [...new Set(places)].join(', '),
  };
}

interface SeenWire {
  readonly links: readonly string[];
  readonly title: string;
  readonly isCut: boolean;
  readonly state: string;
  /** The numbers that stand where it begins and ends. */
  readonly ends: readonly [string | undefined, string | undefined];
}

const plain = (text: string): string =>
  text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Reads wires and numbers from where they stand in the picture. */
function wiresOf(svg: string): SeenWire[] {
  const numbers = new Map<string, string>();
  for (const [, x, y, anchor, text] of svg.matchAll(
    /<text class="number [a-z]+" x="([\d.]+)" y="([\d.]+)" text-anchor="(start|end)">([^<]*)</g,
  ))
    numbers.set(`${anchor} ${x} ${y}`, plain(text!));
  return [...svg.matchAll(/<g class="way"(?: data-links="([^"]*)")?><title>([^<]*)<\/title>(.*?)<\/g>/g)].map(
    ([, links = '', title = '', drawn = '']) => {
      const [, state = '', way = ''] = /<path class="wire (\w+)[^"]*" d="([^"]*)"/.exec(drawn) ?? [];
      const numbersOfWay = way.match(/[\d.]+/g)?.map(Number) ?? [];
      const [x1 = 0, y1 = 0] = numbersOfWay;
      // One that does not bend ends on its own height.
      const [x2 = 0, y2 = 0] = way.includes('C') ? numbersOfWay.slice(-2) : [numbersOfWay.at(-1), y1];
      return {
        links: links.split(' ').filter(Boolean),
        title: plain(title),
        isCut: drawn.includes('class="cross wire broken"'),
        state,
        ends: [
          numbers.get(`end ${x1 - WIDE.pad} ${y1 + 5}`),
          numbers.get(`start ${x2 + WIDE.pad} ${y2 + 5}`),
        ],
      };
    },
  );
}

/** What stands below cards, and what is there for who points at it; without spaces, as lines end anywhere. */
const toldIn = (svg: string): string =>
  [...svg.matchAll(/<g class="told"[^>]*>(.*?)<\/g>/g)]
    .map(([, told = '']) => squeezed(plain(told.replace(/<[^>]*>/g, ' '))))
    .join('\n');

const squeezed = (text: string): string => text.replaceAll('`', '').replaceAll(' ', '');

/** Links that lead traffic on; what feeds a port, or is fixed to one, is a mark or a note. */
const LEADING = ['parent', 'backend', 'host', 'selector', 'target-port', 'bind'];

function readBack(report: Report): void {
  const svg = renderSvg(report, { theme: 'light' });
  const { broken, unproved, whole } = report.summary.chains;
  expect(svg).toContain(
    `aria-label="${broken + unproved + whole} ${broken + unproved + whole === 1 ? 'way' : 'ways'} in: ${broken} broken, ${unproved} unproved, ${whole} whole"`,
  );
  const wires = wiresOf(svg);
  const kinds = new Map(report.links.map(({ id, kind }) => [id, kind]));
  for (const { ends, state, links, title } of wires) {
    expect(ends, title).not.toContain(undefined);
    // Only a node says another number than what it leads to; names are told beside the number that they stand for.
    const isNode = links.some((id) => kinds.get(id) === 'host');
    if (state === 'whole' && !isNode && ends.every((end) => /^\d+$/.test(end!)))
      expect(ends[0], title).toBe(ends[1]);
  }
  const told = toldIn(svg);
  const inChains = new Set(report.chains.flatMap(({ links }) => links));
  for (const link of report.links) {
    if (link.state !== 'whole' && inChains.has(link.id)) expect(told).toContain(squeezed(link.reason));
    if (!inChains.has(link.id) || !LEADING.includes(link.kind)) continue;
    const wire = wires.find(({ links }) => links.includes(link.id));
    expect(wire, `no wire of ${json(link)}`).toBeDefined();
    const said = heard(wire!.title)[wire!.links.indexOf(link.id)];
    expect(said && { ...said, from: said.from.replace(FORWARDS, '') }).toEqual(expected(link));
    // Of a Service whose Pods are not there each port has a wire, which says what stands at its socket.
    for (const { title, links, ends } of link.forwards && !link.disagreeing ? wires : []) {
      if (!links.includes(link.id)) continue;
      const [, port, sent] = FORWARDS.exec(heard(title)[links.indexOf(link.id)]?.from ?? '') ?? [];
      expect(link.forwards!.map((one) => `${one.port?.number} to ${one.targetPort}`)).toContain(
        `${port} to ${sent}`,
      );
      expect(sent).toBe(ends[0]);
    }
    if (link.state === 'broken') expect(wire).toMatchObject({ isCut: true, state: 'broken' });
    // Each pair of values that disagree stands at the two ends of a wire of its own.
    for (const { from, to } of link.disagreeing ?? []) {
      const pair = [from, to ?? `no ${from}`].map((said) => expect.stringContaining(said.slice(0, 8)));
      expect(wires.filter(({ links }) => links.includes(link.id)).map(({ ends }) => ends)).toContainEqual(
        pair,
      );
    }
    if (link.state === 'whole' && wire!.links.length === 1)
      expect(wire).toMatchObject({ isCut: false, state: 'whole' });
    if ((link.kind === 'bind' || link.kind === 'target-port') && !link.disagreeing) {
      const left =
        link.kind === 'bind' ? link.from.port?.number : (link.from.targetPort ?? link.from.port?.number);
      if (left !== undefined) expect(wire!.ends[0]).toBe(String(left));
      if (link.to?.port?.number !== undefined) expect(wire!.ends[1]).toBe(String(link.to.port.number));
    }
  }
}

test('every number, state and place of a random graph is read back from its picture', () => {
  const seed = Number(process.env.PORTOLAN_TEST_SEED ?? Math.floor(Math.random() * 0x7fffffff));
  console.info(`the picture of a random graph: PORTOLAN_TEST_SEED=${seed}`);
  const states = { whole: 0, broken: 0, unproved: 0 };
  let disagreeing = 0;
  fc.assert(
    fc.property(fc.array(app, { minLength: 1, maxLength: 6 }), (apps) => {
      // Links and chains are there whatever rules ask.
      const found = check(sourcesOf({ 'app.yaml': manifestsOf(apps) }), { rules: [] });
      const report = toReport(found, { version: '1.2.3' });
      for (const link of report.links) {
        states[link.state] += 1;
        if (link.disagreeing) disagreeing += 1;
      }
      readBack(report);
    }),
    { numRuns: 100, seed },
  );
  // Graphs that are all alike would prove little.
  expect(Math.min(...Object.values(states))).toBeGreaterThan(50);
  expect(disagreeing).toBeGreaterThan(20);
});
