import { resourcesOf } from '../../graph/links/joined.ts';
import { linksOf, type PortGraph } from '../../graph/links/port-graph.ts';
import type { LinkState } from '../../graph/links/stated.ts';
import type { Resource } from '../../model/model.ts';
import type { Finding, Rule } from '../../rules/rule.ts';
import type { Pieces } from '../../text/pieces.ts';
import { askInPieces } from '../ask-rules.ts';
import { faultErrors } from '../fault-errors.ts';
import { PartFailed } from './trial-failed.ts';

/**
 * How much there is to say of a graph: findings by rule and resource, links by kind, origin and state. Fields are left
 * out, as their names may be just what a fix changes.
 */
export interface Tally {
  readonly findings: ReadonlyMap<string, number>;
  readonly links: ReadonlyMap<string, number>;
  /** Whether each of them is of objects of this part alone, so that it would be there without the other parts. */
  readonly isOfItself: boolean;
}

/**
 * One tally for each part of a graph; what is of no object is in all of them.
 *
 * @param known messages of faults that were told already
 * @throws {PartFailed} where a rule or the look at a process failed, and may have had something to say of any part
 */
export function* tallyEach(
  graph: PortGraph,
  rules: readonly Rule[],
  parts: readonly (readonly Resource[])[],
  known: ReadonlySet<string>,
): Pieces<readonly Tally[]> {
  const tallies = parts.map(() => ({
    findings: new Map<string, number>(),
    links: new Map<string, number>(),
    isOfItself: true,
  }));
  const partOf = new Map(parts.flatMap((part, at) => part.map((one) => [one, tallies[at]!] as const)));
  const talliesFor = (concerned: readonly Resource[]) => {
    const [own, ...others] = concerned.map((one) => partOf.get(one));
    const told = own ? [own] : tallies;
    if (tallies.length > 1 && (!own || others.some((one) => one && one !== own)))
      for (const tally of told) tally.isOfItself = false;
    return told;
  };
  const { findings, errors } = yield* askInPieces(rules, [graph]);
  yield;
  for (const { fault, message } of [...errors, ...faultErrors(graph.faults())])
    if (fault && !known.has(message)) throw new PartFailed(fault.cause);
  for (const finding of findings.flat()) {
    for (const tally of talliesFor(finding.resources)) count(tally.findings, findingKey(finding));
  }
  for (const link of linksOf(graph)) {
    const ends = resourcesOf(link);
    const [from] = ends;
    if (!from) continue;
    for (const tally of talliesFor(ends)) count(tally.links, linkKey(link.kind, from, link.state));
  }
  return tallies;
}

/** By the resource that it speaks of: what it is compared with may be just what a fix changes. */
export const findingKey = ({ rule, severity, resources: [first] }: Finding): string =>
  [rule, severity, first ? nameOf(first) : ''].join('\n');

export const linkKey = (kind: string, from: Resource, state: LinkState): string =>
  [kind, nameOf(from), state].join('\n');

const nameOf = ({ kind, namespace, name }: Resource): string => `${kind}\0${namespace}\0${name}`;

const count = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);
