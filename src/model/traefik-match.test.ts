import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMatch } from './traefik-match.ts';

/** Each alternative as `host path`, with `=` before an exact path and `~` before an expression. */
const shown = (rule: string): string[] | undefined =>
  parseMatch(rule)?.map(({ host, path, pathType }) => {
    const mark = { Exact: '=', Prefix: '', RegularExpression: '~' }[pathType];
    return `${host ?? '?'} ${mark}${path}`;
  });

describe('a rule of Traefik', () => {
  test.each([
    ['Host(`a.example.com`)', ['a.example.com /']],
    ['Host("a.example.com")', ['a.example.com /']],
    ['host(`a.example.com`)', ['a.example.com /']],
    ['Host(`a`, `b`)', ['a /', 'b /']],
    ['Host(`a`) || Host(`b`)', ['a /', 'b /']],
    ['Host(`a`) && PathPrefix(`/x`)', ['a /x']],
    ['Host(`a`) && Path(`/x`)', ['a =/x']],
    ['Host(`a`) && (PathPrefix(`/x`) || Path(`/y`))', ['a /x', 'a =/y']],
    ['Host(`a`) || Host(`b`) && PathPrefix(`/x`)', ['a /', 'b /x']],
    ['(Host(`a`) || Host(`b`)) && PathPrefix(`/x`, `/y`)', ['a /x', 'a /y', 'b /x', 'b /y']],
    ['PathPrefix(`/x`)', ['* /x']],
    ['HostRegexp(`^.+\\.example\\.com$`)', ['? /']],
    ['HostRegexp(`{name:[a-z]+}.example.com`) && Host(`a.example.com`)', ['a.example.com /']],
    ['PathRegexp(`^/x/[0-9]+`)', ['* ~^/x/[0-9]+']],
    ['Path(`/x/{id:[0-9]+}`)', ['* ~/x/{id:[0-9]+}']],
    ['HostSNI(`*`)', ['* /']],
    ['HostSNI(`sql.example.com`)', ['sql.example.com /']],
  ])('%s', (rule, requests) => {
    expect(shown(rule)).toEqual(requests);
  });

  test.each([
    ['Host(`a`) && Headers(`X-Berth`, `7`)', ['a /']],
    ['Host(`a`) && !PathPrefix(`/x`)', ['a /']],
    ['!Host(`a`)', ['* /']],
    ['Host(`a`) && !(PathPrefix(`/x`) || Method(`GET`))', ['a /']],
  ])('what no host and path can show is passed over: %s', (rule, requests) => {
    expect(shown(rule)).toEqual(requests);
  });

  test.each([
    ['Host(`a`) && Host(`b`)', []],
    ['PathPrefix(`/x`) && PathPrefix(`/y`)', []],
    ['Path(`/x`) && PathPrefix(`/x/y`)', []],
    ['PathPrefix(`/x`) && PathPrefix(`/x/y`)', ['* /x/y']],
    ['PathPrefix(`/x`) && Path(`/x/y`)', ['* =/x/y']],
    ['PathPrefix(`/x`) && Path(`/x`)', ['* =/x']],
  ])('what excludes each other takes nothing: %s', (rule, requests) => {
    expect(shown(rule)).toEqual(requests);
  });

  test.each([
    '',
    'Host',
    'Host(',
    'Host(`a`',
    'Host(a)',
    'Host(`a`) &&',
    '|| Host(`a`)',
    'Host(`a`) Host(`b`)',
    '(Host(`a`)',
  ])('no rule: %s', (rule) => {
    expect(parseMatch(rule)).toBeUndefined();
  });

  test('more alternatives than a person writes are not listed', () => {
    const pair = '(Host(`a`) || PathPrefix(`/x`))';
    expect(parseMatch(Array(20).fill(pair).join(' && '))).toBeUndefined();
    expect(parseMatch(`${'('.repeat(10_000)}Host(\`a\`)${')'.repeat(10_000)}`)).toBeUndefined();
  });

  test('hosts and paths that are joined come out as their product', () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(words, words, (hosts, paths) => {
        const rule = `(${hosts.map((host) => `Host(\`${host}\`)`).join(' || ')}) && PathPrefix(${paths.map((path) => `\`/${path}\``).join(',')})`;
        expect(shown(rule)).toEqual(hosts.flatMap((host) => paths.map((path) => `${host} /${path}`)));
      }),
    );
  });

  test('any text is a rule or none', () => {
    const piece = fc.constantFrom('Host', '(', ')', '`a`', '&&', '||', '!', ',', ' ', 'x', '"', '`', '{');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(() => parseMatch(pieces.join(''))).not.toThrow();
      }),
    );
  });
});
