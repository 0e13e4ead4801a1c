import { type ArtifactLocation, toArtifactLocation } from './artifact-location.ts';
import { placeOfEdit } from './edit-place.ts';
import { wayThrough } from './hops.ts';
import type {
  Report,
  ReportChain,
  ReportEnd,
  ReportFinding,
  ReportFix,
  ReportIgnored,
  ReportLink,
} from './report.ts';
import { writtenAt } from './written-at.ts';

/** GitHub keeps 100 places of a result and refuses a file that has more than 1,000 (see sarif.ts). */
const MOST_PLACES = 100;

export const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Turns findings into SARIF results, one by one, with the report's links and chains at hand. */
export function* resultsOf(
  report: Report,
  findings: readonly ReportFinding[],
  ruleIds: readonly string[],
): Generator<object> {
  const ruleIndexes = new Map(ruleIds.map((id, index) => [id, index]));
  const links = new Map(report.links.map((link) => [link.id, link]));
  const chains = new Map<string, ReportChain>();
  for (const chain of report.chains) {
    for (const id of chain.links) if (!chains.has(id)) chains.set(id, chain);
  }
  for (const finding of findings) {
    const [primary, ...others] = finding.labels.slice(0, MOST_PLACES);
    const rendered = [primary!, ...others]
      .filter(({ origin }) => origin)
      .slice(0, MOST_PLACES - 1 - others.length);
    const ruleIndex = ruleIndexes.get(finding.rule);
    const chain = finding.link === null ? undefined : chains.get(finding.link);
    const way = chain && finding.link !== null ? wayThrough(chain.tree, finding.link) : [];
    const steps = stepsOf(way.flatMap((id) => links.get(id) ?? []));
    yield {
      ruleId: finding.rule,
      ...(ruleIndex === undefined ? {} : { ruleIndex }),
      level: LEVEL[finding.severity],
      message: { text: messageOf(finding) },
      locations: [{ physicalLocation: toPhysical(writtenAt(primary!)), message: toPlain(primary!.message) }],
      ...(others.length + rendered.length > 0
        ? {
            relatedLocations: [
              ...others.map((label) => ({ at: writtenAt(label), message: label.message })),
              ...rendered.map(({ location }) => ({ at: location, message: RENDERED })),
            ].map(({ at, message }, index) => ({
              id: index + 1,
              physicalLocation: toPhysical(at),
              message: toPlain(message),
            })),
          }
        : {}),
      ...(steps.length > 0 ? { codeFlows: [{ threadFlows: [{ locations: steps }] }] } : {}),
      // GitHub's own primaryLocationLineHash is made by its upload action, from the files.
      partialFingerprints: { 'portolan/v1': finding.fingerprint },
      ...(finding.fixes.length > 0 ? { fixes: finding.fixes.map(toFix) } : {}),
      ...(finding.ignored ? { suppressions: [toSuppression(finding.ignored)] } : {}),
    };
  }
}

/** What stands in the manifests is in the source; a configuration and a baseline lie outside of it (SARIF 2.1.0, 3.35). */
const toSuppression = ({ by, reason }: ReportIgnored): object => ({
  kind: by === 'annotation' || by === 'comment' ? 'inSource' : 'external',
  status: 'accepted',
  justification: reason,
});

const RENDERED = 'the same in what was rendered';

/** The headline, a link to each other place, and what to know and do. A link is `[text](id)` (SARIF 2.1.0, 3.11.6). */
function messageOf({ message, labels, notes, help }: ReportFinding): string {
  const [primary, ...others] = labels;
  const shown = others.slice(0, MOST_PLACES - 1);
  const places = shown.map((label, index) => `[${linkText(label.message)}](${index + 1})`);
  if (others.length > shown.length) places.push(`and ${others.length - shown.length} more places`);
  const headline = [`${plain(message)}: ${plain(primary!.message)}`, places.join(', ')]
    .filter((part) => part !== '')
    .join('; ');
  return [headline, ...[...notes, ...help].map(plain)].map((sentence) => `${sentence}.`).join('\n');
}

/**
 * Text that happens to look like a placeholder (3.11.5) or a link (3.11.6) is neither. A backslash would not do: one
 * may stand before the bracket already. No reader takes a link apart at a blank.
 */
const plain = (text: string): string => text.replace(/\{(\d+)\}/g, '{{$1}}').replace(/\](?=[([])/g, '] ');

const linkText = (text: string): string => text.replace(/\{(\d+)\}/g, '{{$1}}').replace(/[\\[\]]/g, '\\$&');

export const toPlain = (text: string): { readonly text: string } => ({ text: plain(text) });

/** The way in, outside in: one step for each hop where it starts, and one where the last hop ends. */
function stepsOf(links: readonly ReportLink[]): object[] {
  const hops = links.flatMap((link) => toStep(link.from, hopOf(link)));
  const end = links.at(-1)?.to;
  return end ? [...hops, ...toStep(end, endOf(end))] : hops;
}

const toStep = ({ location, origin }: ReportEnd, text: string): object[] =>
  location
    ? [{ location: { physicalLocation: toPhysical(origin ?? location), message: toPlain(text) } }]
    : [];

const hopOf = ({ kind, from, to, state, reason }: ReportLink): string =>
  `${kind}: ${endOf(from)} → ${to ? endOf(to) : 'nothing'} (${state}: ${reason})`;

function endOf({ resource, port, targetPort }: ReportEnd): string {
  const said = port?.number ?? port?.name;
  const name = resource.namespace ? `${resource.namespace}/${resource.name}` : resource.name;
  const forwards = targetPort === undefined ? '' : ` targetPort ${targetPort}`;
  return `${resource.kind} ${name}${said === undefined ? '' : `:${said}`}${forwards}`;
}

interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Lines and columns count from 1 and end before the end, in the report as in SARIF. */
export const toPhysical = ({
  path,
  line,
  column,
  endLine,
  endColumn,
}: Place): { artifactLocation: ArtifactLocation; region: object } => ({
  artifactLocation: toArtifactLocation(path),
  region: {
    startLine: line,
    startColumn: column,
    ...(endLine === undefined ? {} : { endLine, endColumn }),
  },
});

const toFix = ({ title, applicability, edits }: ReportFix): object => ({
  description: toPlain(title),
  artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
    artifactLocation: toArtifactLocation(path),
    replacements: edits
      .filter((edit) => edit.path === path)
      .map((edit) => ({
        deletedRegion: toPhysical(placeOfEdit(edit)).region,
        insertedContent: { text: edit.text },
      })),
  })),
  properties: { applicability },
});
