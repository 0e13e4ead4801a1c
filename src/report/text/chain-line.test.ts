import { expect, test } from 'vitest';
import { draftEnd, draftFinding, draftLink, draftReport, draftTree } from '../../testing/draft-report.ts';
import type { Report, ReportChain, ReportHop, ReportLink } from '../report.ts';
import { chainHops } from './chain-line.ts';
import { contextOf } from './context.ts';
import { plainStyle } from './style.ts';

const chainOf = (
  kind: ReportChain['entry']['kind'],
  resource: string,
  links: readonly ReportLink[],
): ReportChain => ({
  id: 'chain-1',
  set: '',
  entry: {
    kind,
    host: null,
    path: null,
    pathType: null,
    port: 443,
    protocol: 'TCP',
    resource: draftEnd(resource).resource,
  },
  links: links.map(({ id }) => id),
  tree: draftTree(links.map(({ id }) => id)),
  state: 'broken',
});

function line(
  kind: ReportChain['entry']['kind'],
  resource: string,
  links: ReportLink[],
  wanted: string,
): string {
  const report: Report = draftReport({ links, chains: [chainOf(kind, resource, links)] });
  const context = contextOf(report, { width: 80, style: plainStyle, textOf: () => undefined });
  return chainHops(draftFinding([], { link: wanted }), context).join(' ');
}

const backend = draftLink('backend-1', 'backend', 'whole', 'Ingress bakery:80', 'Service bakery:80');
const selector = draftLink('selector-1', 'selector', 'whole', 'Service bakery', 'Deployment bakery');
const targetPort = draftLink(
  'target-port-1',
  'target-port',
  'whole',
  'Service bakery:http',
  'Deployment bakery:8080',
);

test('ends at the hop that breaks, with what it asks for', () => {
  const broken = draftLink(
    'target-port-1',
    'target-port',
    'broken',
    'Service bakery:http-web',
    'Deployment bakery',
  );
  expect(line('ingress', 'Ingress bakery', [backend, selector, broken], 'target-port-1')).toBe(
    'Internet → Ingress harbour/bakery:443 → Service bakery:80 ✗ http-web',
  );
});

test('a Service that nothing outside reaches begins the chain', () => {
  const broken = draftLink('selector-1', 'selector', 'broken', 'Service bakery', null);
  expect(line('cluster', 'Service bakery', [broken], 'selector-1')).toBe('Service harbour/bakery:443 ✗ Pods');
});

test('an unproved hop has a question mark', () => {
  const unproved = draftLink('bind-1', 'bind', 'unproved', 'Deployment bakery:8080', null);
  expect(line('ingress', 'Ingress bakery', [backend, selector, targetPort, unproved], 'bind-1')).toBe(
    'Internet → Ingress harbour/bakery:443 → Service bakery:80 → Deployment bakery:8080 ? process:8080',
  );
});

test('a process elsewhere is a hop', () => {
  const broken = draftLink('bind-1', 'bind', 'broken', 'Deployment bakery:8080', 'Deployment bakery:3000');
  expect(line('cluster', 'Service bakery', [selector, targetPort, broken], 'bind-1')).toBe(
    'Service harbour/bakery:443 → Deployment bakery:8080 ✗ process:8080',
  );
});

test('a node port names its Service once', () => {
  const host = draftLink('host-1', 'host', 'whole', 'Service bakery:30080', 'Service bakery:80');
  expect(line('node-port', 'Service bakery', [host, selector, targetPort], 'target-port-1')).toBe(
    'Internet → Service harbour/bakery:443 → 80 → Deployment bakery:8080',
  );
});

test('ends at the link that the finding is about, and at a break before it', () => {
  const bind = draftLink('bind-1', 'bind', 'broken', 'Deployment bakery:8080', null);
  const links = [backend, selector, targetPort, bind];
  expect(line('ingress', 'Ingress bakery', links, 'target-port-1')).toBe(
    'Internet → Ingress harbour/bakery:443 → Service bakery:80 → Deployment bakery:8080',
  );
  const early = [{ ...backend, state: 'broken' as const }, selector, targetPort, bind];
  expect(line('ingress', 'Ingress bakery', early, 'bind-1')).toBe(
    'Internet → Ingress harbour/bakery:443 ✗ Service bakery:80',
  );
});

test.each([
  [
    'a Service without the port',
    draftLink('x', 'backend', 'broken', 'Ingress bakery:8080', 'Service bakery'),
    'Service bakery:8080',
  ],
  ['no Service', draftLink('x', 'backend', 'broken', 'Ingress bakery:8080', null), 'no such Service'],
  ['another port than the node', draftLink('x', 'host', 'broken', 'Pod bakery:8080', 'Pod bakery:80'), '80'],
  ['a name that nothing has', draftLink('x', 'target-port', 'broken', 'Service bakery:web', null), 'web'],
])('a break at %s is told', (_, link, told) => {
  expect(line('cluster', 'Ingress bakery', [link], 'x')).toBe(`Ingress harbour/bakery:443 ✗ ${told}`);
});

test('the value that a process reads its port from is no hop', () => {
  const config = draftLink('config-1', 'config', 'whole', 'Deployment bakery', 'ConfigMap bakery');
  const bind = draftLink('bind-1', 'bind', 'whole', 'Deployment bakery:8080', 'Deployment bakery:8080');
  expect(line('cluster', 'Service bakery', [selector, targetPort, bind, config], 'config-1')).toBe(
    'Service harbour/bakery:443 → Deployment bakery:8080 → process:8080',
  );
});

test('of several chains over one link the first is told', () => {
  const links = [backend];
  const chains = [chainOf('ingress', 'Ingress bakery', links), chainOf('ingress', 'Ingress mill', links)];
  const context = contextOf(draftReport({ links, chains }), {
    width: 80,
    style: plainStyle,
    textOf: () => undefined,
  });
  expect(chainHops(draftFinding([], { link: 'backend-1' }), context)[1]).toBe('→ Ingress harbour/bakery:443');
});

test('of two workloads behind one Service the line goes to the one that it is about', () => {
  const to = (name: string, state: ReportLink['state']): ReportLink[] => [
    draftLink(`selector-${name}`, 'selector', 'whole', 'Service bakery', `Deployment ${name}`),
    draftLink(`target-port-${name}`, 'target-port', state, 'Service bakery:http', `Deployment ${name}:8080`),
  ];
  const [blue, green] = [to('blue', 'whole'), to('green', 'broken')];
  const links = [backend, ...blue, ...green];
  const chain = chainOf('ingress', 'Ingress bakery', links);
  const ids = ([selector, target]: ReportLink[]): ReportHop => ({
    link: selector!.id,
    next: [{ link: target!.id, next: [] }],
  });
  const chains = [{ ...chain, tree: [{ link: 'backend-1', next: [ids(blue), ids(green)] }] }];
  const context = contextOf(draftReport({ links, chains }), {
    width: 80,
    style: plainStyle,
    textOf: () => undefined,
  });
  expect(chainHops(draftFinding([], { link: 'target-port-green' }), context).join(' ')).toBe(
    'Internet → Ingress harbour/bakery:443 → Service bakery:80 ✗ http',
  );
  expect(chainHops(draftFinding([], { link: 'target-port-blue' }), context).join(' ')).toBe(
    'Internet → Ingress harbour/bakery:443 → Service bakery:80 → Deployment blue:8080',
  );
});

test('a finding about another link, or none, has no chain', () => {
  expect(line('ingress', 'Ingress bakery', [backend], 'probe-1')).toBe('');
});

const broken = draftLink('backend-1', 'backend', 'broken', 'HTTPRoute bakery:8080', 'Service bakery');
const listener = draftLink('parent-1', 'parent', 'whole', 'HTTPRoute bakery', 'Gateway gate:443');

test('a route comes behind the listener that lets it in', () => {
  expect(line('gateway', 'HTTPRoute bakery', [listener, broken], 'backend-1')).toBe(
    'Internet → Gateway harbour/gate:443 → HTTPRoute harbour/bakery ✗ Service bakery:8080',
  );
  const mesh = draftLink('parent-1', 'parent', 'whole', 'HTTPRoute bakery', 'Service bakery:80');
  expect(line('cluster', 'HTTPRoute bakery', [mesh, broken], 'backend-1')).toBe(
    'Service harbour/bakery:80 → HTTPRoute harbour/bakery ✗ Service bakery:8080',
  );
});

test('a listener that is not there is asked for', () => {
  const nowhere = draftLink('parent-1', 'parent', 'broken', 'HTTPRoute bakery:web', 'Gateway gate');
  expect(line('gateway', 'HTTPRoute bakery', [nowhere, broken], 'parent-1')).toBe(
    'Internet → HTTPRoute harbour/bakery:443 ✗ listener web',
  );
});
