import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import { renderJson } from '../src/report/json.ts';
import { renderSarif } from '../src/report/sarif.ts';
import { renderText } from '../src/report/text/render.ts';
import { plainStyle } from '../src/report/text/style.ts';
import { renderTrace } from '../src/report/trace/render.ts';
import { allRules } from '../src/rules/index.ts';
import { PLANTED, SPELLINGS } from '../src/testing/planted-secrets.ts';
import { hideSecrets } from '../src/text/secrets/hide-in-source.ts';
import { hideInWords } from '../src/text/secrets/hide-in-words.ts';

/** All that any output says of an input, with a mistake beside each line, so that frames pass over all of them. */
function saidOf(text: string): readonly (readonly [output: string, said: string])[] {
  const result = check([{ path: 'till.yaml', text, kind: 'file', editable: true }], { rules: allRules });
  const report = toReport(result, { version: '0' });
  const traced = report.chains.map((chain) => ({
    chain,
    tree: chain.tree,
    links: report.links.filter(({ id }) => chain.links.includes(id)),
  }));
  const lines = text.split('\n');
  const everyLine = {
    ...report,
    errors: lines.map((_, at) => ({ path: 'till.yaml', line: at + 1, column: 1, message: 'here' })),
  };
  return [
    ['text', renderText(report, { width: 200, style: plainStyle, textOf: () => text })],
    ['text of every line', renderText(everyLine, { width: 200, style: plainStyle, textOf: () => text })],
    ['json', renderJson(report)],
    ['sarif', renderSarif(report, [])],
    ['trace', renderTrace(report, traced, plainStyle)],
  ];
}

test.each(PLANTED)('no output shows %s', (_, text) => {
  for (const [output, said] of saidOf(text)) {
    for (const spelling of SPELLINGS) {
      expect(said.includes(spelling) ? `${output}: ${said}` : '', `${spelling} in ${output}`).toBe('');
    }
  }
  expect(hideSecrets(text)).toHaveLength(text.length);
});

test.each([
  ...['secretName: till-tls', 'secretKeyRef: { name: till, key: password }', 'TOKEN_PORT: 81'],
  ...['passwordFile: /run/secrets/x', 'image: ghcr.io/shop/till:1@sha256:0123456789abcdef', 'port: 8080'],
  ...['url: http://till.shop:81/in?x=1', 'automountServiceAccountToken: false', 'value: $(DB_PASSWORD)'],
  ...[
    'password: $(DB_PASSWORD)',
    'key: app.kubernetes.io/name',
    'targetPort: auth',
    'kind: Secret',
    'author: bob',
  ],
  ...['--user=1000:1000', 'nginx.ingress.kubernetes.io/auth-secret: shop/till'],
])('what is no secret is shown: %s', (line) => {
  expect(hideSecrets(`a: 1\n${line}\n`)).toBe(`a: 1\n${line}\n`);
  expect(hideInWords(line)).toBe(line);
});
