import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { wordLink } from '../../links/evidence.ts';

const all = (...documents: string[]): string => documents.join('---');

const rule = (spec: string, { name = 'bakery', namespace = 'harbour' } = {}): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
`;
const settings = (...ports: (number | string)[]): string =>
  `trafficPolicy: { portLevelSettings: [${ports.map((port) => `{ port: { number: ${port} }, tls: { mode: DISABLE } }`).join()}] }`;
const service = (
  ports = '{ port: 80, targetPort: 8080 }',
  { name = 'bakery', namespace = 'harbour', spec = '' } = {},
): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ${spec} ports: [${ports}] }
`;
const entry = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: mill, namespace: harbour }
spec: { hosts: [mill.example.com], ports: [{ number: 443, name: https, protocol: HTTPS }, { number: 80, name: http, protocol: HTTP }] }
`;
const virtual = (destination: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bakery, namespace: harbour }
spec: { hosts: [bakery], http: [{ route: [{ destination: { ${destination} } }] }] }
`;
const backends = (...documents: string[]): string[] => linesOf(all(...documents), 'backend');

describe('the settings of a DestinationRule', () => {
  test('S-159 for a port are for a Service port, not for that of its Pods', () => {
    expect(backends(rule(`host: bakery, ${settings(80, 8080)}`), service())).toEqual([
      'whole 80 → Service/bakery:80',
      'broken 8080 → Service/bakery',
    ]);
  });

  test('for a subset may be for a port too', () => {
    const subsets = `subsets: [{ name: rye, ${settings(8080)} }, { name: oat }]`;
    const text = all(rule(`host: bakery, ${settings(80)}, ${subsets}`), service());
    expect(linesOf(text, 'backend')).toEqual([
      'whole 80 → Service/bakery:80',
      'broken 8080 → Service/bakery',
    ]);
    expect(graphOf(text).backends.map(({ field }) => field)).toEqual([
      'spec.trafficPolicy.portLevelSettings[80].port',
      'spec.subsets[rye].trafficPolicy.portLevelSettings[8080].port',
    ]);
  });

  test('are for the whole Service where no port is said', () => {
    const two = service('{ name: web, port: 80 }, { name: admin, port: 9000 }');
    for (const spec of ['host: bakery', `host: bakery, ${settings()}`]) {
      expect(backends(rule(spec), two)).toEqual(['whole bakery → Service/bakery']);
    }
  });

  test('of a port for UDP are never applied, as Istio carries none', () => {
    const [link] = graphOf(
      all(rule(`host: bakery, ${settings(53)}`), service('{ port: 53, protocol: UDP }')),
    ).backends;
    expect([link?.state, link?.fault]).toEqual(['broken', 'protocol']);
  });

  test('that are filled in later prove nothing', () => {
    expect(backends(rule(`host: bakery, ${settings('"${PORT}"')}`), service())).toEqual([
      'unproved bakery → nothing',
    ]);
  });

  test('bring no traffic in', () => {
    const { backends: links, chains } = graphOf(all(rule(`host: bakery, ${settings(80)}`), service()));
    expect(links.flatMap(({ ways }) => ways)).toEqual([]);
    expect(chains.map((chain) => chain.entry.resource.kind)).toEqual(['Service']);
  });
});

describe('the host of a DestinationRule', () => {
  test('S-161 is completed with the namespace of the DestinationRule', () => {
    const elsewhere = service(undefined, { namespace: 'quay' });
    expect(backends(rule('host: bakery', { namespace: 'quay' }), elsewhere)).toEqual([
      'whole bakery → Service/bakery',
    ]);
    expect(backends(rule('host: bakery.quay.svc.cluster.local'), elsewhere)).toEqual([
      'whole bakery → Service/bakery',
    ]);
    const here = service(undefined, { name: 'mill' });
    expect(backends(rule('host: bakery'), elsewhere, here)).toEqual(['broken bakery → nothing']);
  });

  test('that is missing is told once, however many ports have settings', () => {
    const mill = service(undefined, { name: 'mill' });
    expect(backends(rule(`host: mil, ${settings(80, 81)}`), mill)).toEqual(['broken 80 → nothing']);
  });

  test('may be one of a ServiceEntry', () => {
    const to = (more: string): string[] => backends(rule(`host: mill.example.com${more}`), entry);
    expect(to('')).toEqual(['whole bakery → ServiceEntry/mill']);
    expect(to(`, ${settings(443, 80)}`)).toEqual([
      'whole 443 → ServiceEntry/mill',
      'whole 80 → ServiceEntry/mill',
    ]);
    expect(to(`, ${settings(8443)}`)).toEqual(['unproved 8443 → ServiceEntry/mill']);
  });

  test('with a wildcard, or none at all, names nothing', () => {
    for (const spec of ['host: "*.local"', settings(81)]) expect(backends(rule(spec), service())).toEqual([]);
  });
});

describe('the subset of a destination', () => {
  const rye = 'host: bakery, subset: rye, port: { number: 80 }';
  const subsets = (...names: string[]): string => `subsets: [${names.map((name) => `{ name: ${name} }`)}]`;
  /** State of the VirtualService's backend, its fault and its reason. */
  const follow = (...documents: string[]): readonly (string | undefined)[] => {
    const [link] = graphOf(all(virtual(rye), service(), ...documents)).backends;
    return [link?.state, link?.fault, link && wordLink(link)];
  };

  test('S-161 is defined by any DestinationRule for the host', () => {
    const by = (name: string): (string | undefined)[] => [
      'whole',
      undefined,
      `the Service has this port, and DestinationRule ${name} has the subset`,
    ];
    expect(follow(rule(`host: bakery, ${subsets('oat', 'rye')}`))).toEqual(by('bakery'));
    const full = rule(`host: bakery.harbour.svc.cluster.local, ${subsets('rye')}`, { namespace: 'quay' });
    expect(follow(full)).toEqual(by('bakery'));
    expect(
      follow(
        rule(`host: bakery, ${subsets('oat')}`),
        rule(`host: bakery, ${subsets('rye')}`, { name: 'more' }),
      ),
    ).toEqual(by('more'));
  });

  test('that none defines is there for no traffic', () => {
    expect(follow(rule(`host: bakery, ${subsets('oat')}`))).toEqual([
      'broken',
      'no-subset',
      'no DestinationRule for bakery defines subset rye',
    ]);
    const [link] = graphOf(all(virtual(rye), service(), rule(`host: bakery, ${subsets('oat')}`))).backends;
    expect([link?.servicePort?.port?.value, link?.destinationRules?.map(({ name }) => name)]).toEqual([
      80,
      ['bakery'],
    ]);
  });

  test('S-161 is no concern of DestinationRules for other hosts', () => {
    const unproved = (...documents: string[]): void => {
      const [state, fault, reason] = follow(...documents);
      expect([state, fault]).toEqual(['unproved', undefined]);
      expect(reason).toContain('would prove');
    };
    unproved();
    unproved(rule(`host: bakery, ${subsets()}`));
    unproved(rule(`host: bakery, ${subsets('oat')}`, { namespace: 'quay' }));
    unproved(rule(`host: "*.local", ${subsets('oat')}`));
  });

  test('may be defined by one that is not for this host alone, or not yet', () => {
    const oat = rule(`host: bakery, ${subsets('oat')}`);
    const loose = (spec: string): string[] => {
      const [state, , reason] = follow(oat, rule(spec, { name: 'more' }));
      return [state!, reason!.split(';')[0]!];
    };
    expect(loose(`host: "*.local", ${subsets('rye')}`)).toEqual([
      'unproved',
      'DestinationRule more has subset rye and is for *.local',
    ]);
    expect(loose(subsets('rye'))).toEqual([
      'unproved',
      'DestinationRule more has subset rye and says no host',
    ]);
    expect(loose(`host: "\${HOST}", ${subsets('rye')}`)[0]).toBe('unproved');
    expect(loose(`host: "*.local", ${subsets('spelt')}`)[0]).toBe('broken');
  });

  test('that is filled in later proves nothing', () => {
    expect(follow(rule(`host: bakery, ${subsets('"${GRAIN}"')}`))[0]).toBe('unproved');
    const asked = virtual('host: bakery, subset: "${GRAIN}"');
    expect(backends(asked, service(), rule(`host: bakery, ${subsets('oat')}`))[0]).toMatch(/^unproved/);
  });

  test('is asked for only where the port is there, and where one is named', () => {
    const oat = rule(`host: bakery, ${subsets('oat')}`);
    const fault = (destination: string): string | undefined =>
      graphOf(all(virtual(destination), service(), oat)).backends[0]?.fault;
    expect(fault('host: bakery, subset: rye, port: { number: 8080 }')).toBe('no-port');
    expect(fault('host: bakery, subset: ""')).toBeUndefined();
  });

  test('of a host that a ServiceEntry makes known', () => {
    const abroad = virtual('host: mill.example.com, subset: rye, port: { number: 80 }');
    const oat = rule(`host: mill.example.com, ${subsets('oat')}`);
    expect(backends(abroad, entry, oat)[0]).toBe('broken 80 → ServiceEntry/mill');
  });
});
