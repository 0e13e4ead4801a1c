import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  draftEnd,
  draftFinding,
  draftLink,
  draftReport,
  draftTree,
  placeOf,
} from '../../testing/draft-report.ts';
import type { Report, ReportFix, ReportLocation } from '../report.ts';
import { renderFinding } from './finding.ts';
import { renderText, type TextOptions } from './render.ts';
import { plainStyle, type Style } from './style.ts';
import { widthOf } from './width.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec:
  ports:
    - port: 80
      targetPort: http-web   # set by the platform team
`;
const DEPLOYMENT = `kind: Deployment
spec:
  template:
    spec:
      containers:
        - name: oven
          ports:
            - name: http
              containerPort: 8080
`;
const TEXTS: Readonly<Record<string, string>> = { 'service.yaml': SERVICE, 'deployment.yaml': DEPLOYMENT };

const options: TextOptions = { width: 90, style: plainStyle, textOf: (path) => TEXTS[path] };

type Edit = ReportFix['edits'][number];

function edit(text: string, path: string, word: string, replacement: string): Edit {
  const { line, column, endLine, endColumn } = placeOf(text, word, path);
  return { path, start: { line, column }, end: { line: endLine, column: endColumn }, text: replacement };
}

const insert = (path: string, line: number, text: string): Edit => ({
  path,
  start: { line, column: 1 },
  end: { line, column: 1 },
  text,
});

const finding = draftFinding(
  [
    [placeOf(SERVICE, 'http-web', 'service.yaml'), 'no TCP port has this name'],
    [placeOf(DEPLOYMENT, 'http', 'deployment.yaml'), 'names 8080/TCP'],
  ],
  {
    message:
      'Service `harbour/bakery` forwards port 80 to `http-web`, which Deployment `harbour/bakery` does not declare',
    link: 'target-port-1',
    notes: [
      'a port name is looked up in every selected Pod; a Pod without it gets no endpoint for this port, and Kubernetes reports no error',
    ],
    help: ['let both teams agree on one name'],
    fixes: [
      {
        title: 'point targetPort at `http`',
        applicability: 'unsafe',
        end: 'service',
        edits: [edit(SERVICE, 'service.yaml', 'http-web', 'http')],
      },
    ],
  },
);

const report: Report = draftReport({
  findings: [finding],
  links: [
    draftLink('backend-1', 'backend', 'whole', 'Ingress bakery:80', 'Service bakery:80'),
    draftLink('target-port-1', 'target-port', 'broken', 'Service bakery:http-web', null),
  ],
  chains: [
    {
      id: 'chain-1',
      set: '',
      entry: {
        kind: 'ingress',
        host: 'bakery.example.com',
        path: '/',
        pathType: 'Prefix',
        port: 443,
        protocol: 'TCP',
        resource: draftEnd('Ingress bakery').resource,
      },
      links: ['backend-1', 'target-port-1'],
      tree: draftTree(['backend-1', 'target-port-1']),
      state: 'broken',
    },
  ],
});

const withFix = (...edits: Edit[]): string =>
  renderFinding(
    { ...finding, fixes: [{ title: 'mend it', applicability: 'safe', end: 'service', edits }] },
    report,
    options,
  )
    .split('help: mend it (safe)\n')[1]!
    .split('  more:')[0]!;

describe('a finding', () => {
  test('shows the chain, both ends, why it bites and what to do', () => {
    expect(renderFinding(finding, report, options)).toMatchSnapshot();
  });

  test('breaks its chain and its prose where a narrow terminal ends', () => {
    expect(renderFinding(finding, report, { ...options, width: 50 })).toMatchSnapshot();
  });

  test('keeps escapes out of its chain', () => {
    const link = draftLink('target-port-1', 'target-port', 'broken', 'Service bakery:\x1b[2J', null);
    expect(renderFinding(finding, { ...report, links: [link] }, options)).toContain(':443 ✗ ␛[2J\n');
  });

  test('names its set, unless the path shows it', () => {
    const [headline, more] = renderFinding({ ...finding, set: 'prod' }, report, options).split('\n');
    expect(`${headline} ${more?.trim()}`).toMatch(/does not declare \(set prod\)$/);
    const place = { ...placeOf(SERVICE, '80'), path: 'prod/service.yaml' };
    expect(renderFinding(draftFinding([[place, '']], { set: 'prod' }), report, options)).not.toContain(
      '(set',
    );
  });

  test('of a base is told once for all sets that take it in', () => {
    const inSet = (set: string, name = 'service.yaml') => ({
      ...draftFinding([[{ ...placeOf(SERVICE, '80'), path: name }, 'here']], { set }),
    });
    const text = renderText(
      {
        ...report,
        findings: [inSet('dev'), inSet('prod'), inSet('qa', 'other.yaml'), inSet('dev')],
      },
      options,
    );
    expect(text.match(/\((?:in|set)[^)]*\)/g)).toEqual(['(in 2 sets: dev, prod)', '(set qa)', '(set dev)']);
  });

  test('in a file that has changed since says so, and shows no line of it', () => {
    const changed: TextOptions = {
      ...options,
      textOf: (path) => (path === 'service.yaml' ? undefined : TEXTS[path]),
      isChanged: (path) => path === 'service.yaml',
    };
    const text = renderFinding(finding, report, changed);
    expect(text).toContain(' │ this file has changed since it was checked, so its lines are not shown\n');
    expect(text).toContain(' │ no TCP port has this name\n');
    expect(text).toContain('- name: http');
    expect(text).not.toContain('targetPort: http');
  });

  test('in rendered text is drawn where it was written', () => {
    const [first, second] = finding.labels;
    const origin = first!.location;
    const built = { ...origin, path: 'overlays/prod', line: 40 };
    const labels = [{ ...first!, location: built, origin }, second!];
    expect(renderFinding({ ...finding, labels }, report, options)).toBe(
      renderFinding(finding, report, options),
    );
  });

  test('in rendered text says so where nothing else is known', () => {
    const [first, second] = finding.labels;
    const location = { ...first!.location, path: 'overlays/prod' };
    const text = renderFinding(
      { ...finding, labels: [{ ...first!, location }, second!] },
      { ...report, sources: [{ path: 'overlays/prod', kind: 'kustomize', set: '', resources: 2 }] },
      { ...options, textOf: (path) => options.textOf(path === 'overlays/prod' ? 'service.yaml' : path) },
    );
    expect(text).toContain(`╭─ overlays/prod:7:${first!.location.column} (rendered)\n`);
    expect(text).toMatch(/├─ deployment\.yaml:8:\d+\n/);
  });

  test('without places and help is a headline', () => {
    expect(renderFinding(draftFinding([], { severity: 'info' }), report, options)).toBe(
      'info[unresolved-target-port]: Service `harbour/bakery` forwards port 80 to `http-web`\n' +
        '  more: portolan explain unresolved-target-port\n',
    );
  });

  test('colours its primary mark as its severity, the others alike', () => {
    const tagged = (tag: string) => (text: string) => `<${tag}>${text}</${tag}>`;
    const style: Style = {
      error: tagged('error'),
      warning: tagged('warning'),
      info: tagged('info'),
      accent: tagged('accent'),
      dim: tagged('dim'),
      bold: tagged('bold'),
    };
    const text = renderFinding({ ...finding, severity: 'warning' }, report, { ...options, style });
    expect(text).toContain('<warning>^^^^^^^^</warning> <warning>no TCP port has this name</warning>');
    expect(text).toContain('<accent>────</accent> <accent>names 8080/TCP</accent>');
    expect(text).toContain('<error>- targetPort: http-web');
    expect(text).toContain('<accent>+ targetPort: http ');
  });
});

describe('a fix', () => {
  test('over several lines shows only the lines that change, and keeps their indentation', () => {
    expect(
      withFix(
        edit(
          SERVICE,
          'service.yaml',
          'port: 80\n      targetPort: http-web',
          'port: 80\n      name: web\n      targetPort: http',
        ),
      ),
    ).toMatchInlineSnapshot(`
      "        - targetPort: http-web   # set by the platform team
              + name: web
              + targetPort: http   # set by the platform team
      "
    `);
  });

  test('adds whole lines', () => {
    expect(withFix(insert('service.yaml', 6, '    - port: 81\n      name: jam\n'))).toMatchInlineSnapshot(`
      "        + - port: 81
              +   name: jam
      "
    `);
  });

  test('adds lines at the end of the file', () => {
    expect(withFix(insert('service.yaml', 8, 'status: {}\n'))).toMatchInlineSnapshot(`
      "        + status: {}
      "
    `);
  });

  test('deletes whole lines', () => {
    expect(withFix(edit(SERVICE, 'service.yaml', '    - port: 80\n', ''))).toMatchInlineSnapshot(`
      "        - - port: 80
      "
    `);
  });

  test('of one line in two places is one change', () => {
    expect(
      withFix(
        edit(SERVICE, 'service.yaml', 'bakery', 'mill'),
        edit(SERVICE, 'service.yaml', 'harbour', 'quay'),
      ),
    ).toMatchInlineSnapshot(`
      "        - metadata: { name: bakery, namespace: harbour }
              + metadata: { name: mill, namespace: quay }
      "
    `);
  });

  test('of two files names them', () => {
    expect(
      withFix(
        edit(SERVICE, 'service.yaml', 'http-web', 'web'),
        edit(DEPLOYMENT, 'deployment.yaml', 'http', 'web'),
      ),
    ).toMatchInlineSnapshot(`
      "        service.yaml:7
              - targetPort: http-web   # set by the platform team
              + targetPort: web   # set by the platform team
              deployment.yaml:8
              - - name: http
              + - name: web
      "
    `);
  });

  test.each([
    ['a line that is not there any more', insert('service.yaml', 99, 'x')],
    ['a source that is not to be had', insert('gone.yaml', 1, 'x')],
    [
      'a column that is not there any more',
      { path: 'service.yaml', start: { line: 1, column: 9 }, end: { line: 1, column: 99 }, text: '' },
    ],
    [
      'an end before its start',
      { path: 'service.yaml', start: { line: 2, column: 1 }, end: { line: 1, column: 1 }, text: '' },
    ],
  ])('of %s has its title only', (_, wrong) => {
    expect(withFix(wrong)).toBe('');
  });

  test('of another file than the first names it', () => {
    expect(withFix(edit(DEPLOYMENT, 'deployment.yaml', 'http', 'http-web'))).toMatch(
      /^ +deployment.yaml:8\n/,
    );
  });

  test('whose edits overlap has its title only', () => {
    const one = edit(SERVICE, 'service.yaml', 'http-web', 'web');
    expect(withFix(one, one)).toBe('');
  });
});

describe('the whole text', () => {
  const errors = [
    { path: 'service.yaml', line: 5, column: 3, message: 'a key is repeated' },
    { path: 'locked.yaml', line: 1, column: 1, message: 'permission denied' },
  ];
  const warning = draftFinding([], { rule: 'orphaned-service', severity: 'warning', message: 'a warning' });

  test('is findings, then input errors, then one summary', () => {
    const all = draftReport({ findings: [draftFinding([]), warning], errors });
    expect(renderText(all, options)).toMatchSnapshot();
  });

  test('is one friendly line when nothing is wrong', () => {
    expect(renderText(draftReport(), options)).toBe(
      'nothing is broken in 5 resources · chains: none · links: none\n',
    );
  });

  test('when quiet is errors, and nothing without them', () => {
    const quiet = { ...options, quiet: true };
    expect(renderText(draftReport({ findings: [warning] }), quiet)).toBe('');
    const both = draftReport({ findings: [draftFinding([]), warning], errors: errors.slice(1) });
    expect(
      renderText(both, quiet)
        .split('\n')
        .filter((line) => /^\w/.test(line)),
    ).toEqual([
      'error[unresolved-target-port]: Service `harbour/bakery` forwards port 80 to `http-web`',
      'error: locked.yaml: permission denied',
    ]);
  });

  test('asks for the text of a source once, however many findings it has', () => {
    const asked: string[] = [];
    const many = draftReport({ findings: Array.from({ length: 50 }, () => finding) });
    const textOf = (path: string): string | undefined => {
      asked.push(path);
      return TEXTS[path];
    };
    renderText(many, { ...options, textOf });
    expect(asked).toEqual(['service.yaml', 'deployment.yaml']);
  });
});

describe('any report', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom('a', ' ', '\t', '\n', '\r', '\r\n', '港', '\x1b[31m', '\u202e'),
      maxLength: 300,
    }),
  );
  const number = fc.oneof(fc.integer({ min: -1, max: 9 }), fc.integer());
  const path = fc.constantFrom('a.yaml', 'b.yaml', 'gone.yaml', 'evil\n\x1b[2J.yaml');
  const location: fc.Arbitrary<ReportLocation> = fc.record({
    path,
    line: number,
    column: number,
    endLine: number,
    endColumn: number,
  });
  const position = fc.record({ line: number, column: number });
  const fix = fc.record({
    title: text,
    applicability: fc.constantFrom('safe' as const, 'unsafe' as const),
    end: fc.constantFrom('service' as const, 'pod' as const, 'route' as const),
    edits: fc.array(fc.record({ path, start: position, end: position, text }), { maxLength: 3 }),
  });
  const anyFinding = fc
    .record({
      labels: fc.array(fc.tuple(location, text), { maxLength: 5 }),
      parts: fc.record({
        rule: text,
        message: text,
        set: text,
        severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
        notes: fc.array(text, { maxLength: 2 }),
        help: fc.array(text, { maxLength: 2 }),
        fixes: fc.array(fix, { maxLength: 2 }),
      }),
    })
    .map(({ labels, parts }) => draftFinding(labels, parts));
  const anyReport = fc
    .record({
      findings: fc.array(anyFinding, { maxLength: 3 }),
      errors: fc.array(fc.record({ path, line: number, column: number, message: text }), { maxLength: 2 }),
      sets: fc.array(fc.record({ name: text, resources: fc.nat() }), { maxLength: 7 }),
      foreign: fc.array(fc.record({ path, line: number, message: text }), { maxLength: 2 }),
    })
    .map(draftReport);
  const texts = fc.dictionary(path, text);

  test('is rendered, in plain characters and one line for each line', () => {
    fc.assert(
      fc.property(anyReport, texts, fc.integer({ max: 200 }), (any, byPath, width) => {
        const rendered = renderText(any, { width, style: plainStyle, textOf: (of) => byPath[of] });
        expect(rendered).not.toMatch(
          /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
        );
        expect(rendered.endsWith('\n')).toBe(true);
        const headlines = rendered.match(/^(error|warning|info)(\[|:)/gm)?.length ?? 0;
        expect(headlines).toBe(any.findings.length + any.errors.length);
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps prose within the terminal, word by word', () => {
    const words = fc.array(fc.constantFrom('port', '港口', 'e\u0301te\u0301', 'a', 'targetPort'), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 120 }), (note, width) => {
        const one = draftFinding([], { notes: [note.join(' ')], help: [note.join(' ')] });
        const lines = renderFinding(one, draftReport(), { ...options, width })
          .split('\n')
          .slice(1);
        for (const line of lines.filter((all) => !all.startsWith('  more:'))) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});
