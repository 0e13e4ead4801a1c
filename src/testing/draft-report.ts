import type {
  Report,
  ReportEnd,
  ReportFinding,
  ReportHop,
  ReportLink,
  ReportLocation,
} from '../report/report.ts';

/** A report written by hand: what is left out is empty, and the summary counts nothing but findings. */
export function draftReport(parts: Partial<Report> = {}): Report {
  const count = (severity: string): number =>
    (parts.findings ?? []).filter((finding) => finding.severity === severity).length;
  return {
    schema: 'portolan/v1',
    tool: { name: 'portolan', version: '1.2.3' },
    sources: [],
    plan: [],
    sets: [{ name: '', resources: 5 }],
    summary: {
      resources: 5,
      links: { whole: 0, broken: 0, unproved: 0 },
      chains: { whole: 0, broken: 0, unproved: 0 },
      findings: { error: count('error'), warning: count('warning'), info: count('info') },
      ignored: 0,
    },
    links: [],
    chains: [],
    findings: [],
    unproved: [],
    errors: [],
    foreign: [],
    ignores: [],
    ...parts,
  };
}

/** A finding whose labels are places with messages, the first one primary. */
export const draftFinding = (
  labels: readonly (readonly [ReportLocation, string])[],
  parts: Partial<ReportFinding> = {},
): ReportFinding => ({
  rule: 'unresolved-target-port',
  severity: 'error',
  set: '',
  message: 'Service `harbour/bakery` forwards port 80 to `http-web`',
  link: null,
  resources: [],
  stopsTraffic: parts.severity === undefined || parts.severity === 'error',
  labels: labels.map(([location, message], index) => ({ location, message, primary: index === 0 })),
  notes: [],
  help: [],
  fixes: [],
  docs: '',
  fingerprint: '0000000000000000',
  ...parts,
});

/** An end such as `Service bakery:80`; a name, a number or nothing after the colon. */
export function draftEnd(text: string): ReportEnd {
  const [, kind = '', name = '', port = ''] = /^(\w+) ([^:]+):?(.*)$/.exec(text)!;
  const said = /^\d+$/.test(port) ? { number: Number(port) } : port === '' ? undefined : { name: port };
  return {
    resource: { apiVersion: 'v1', kind, namespace: 'harbour', name },
    ...(said ? { port: said } : {}),
    location: null,
  };
}

/** A chain that never parts. */
export const draftTree = (links: readonly string[]): ReportHop[] =>
  links.reduceRight<ReportHop[]>((next, link) => [{ link, next }], []);

/** What is said after the colon is then where the Service port forwards to. */
const forwarding = ({ port, ...end }: ReportEnd): ReportEnd => {
  const targetPort = port?.name ?? port?.number;
  return { ...end, ...(targetPort === undefined ? {} : { targetPort }) };
};

export const draftLink = (
  id: string,
  kind: string,
  state: ReportLink['state'],
  from: string,
  to: string | null,
): ReportLink => ({
  id,
  set: '',
  kind,
  from: kind === 'target-port' ? forwarding(draftEnd(from)) : draftEnd(from),
  to: to === null ? null : draftEnd(to),
  state,
  evidence: 'declared',
  reason: '',
  grounds: [],
  missing: [],
});

/** Where a word stands in a text, for the nth time. */
export function placeOf(text: string, word: string, path = 'app.yaml', nth = 1): ReportLocation {
  let offset = -1;
  for (let time = 0; time < nth; time++) offset = text.indexOf(word, offset + 1);
  if (offset < 0) throw new Error(`${path} has no ${word}`);
  const position = (end: number): [number, number] => {
    const lines = text.slice(0, end).split(/\r\n|\n|\r/);
    return [lines.length, lines.at(-1)!.length + 1];
  };
  const [line, column] = position(offset);
  const [endLine, endColumn] = position(offset + word.length);
  return { path, line, column, endLine, endColumn };
}
