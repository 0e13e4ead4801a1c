import { resourcesOf } from '../../graph/links/joined.ts';
import { linksOf, type PortGraph } from '../../graph/links/port-graph.ts';
import type { LinkState } from '../../graph/links/stated.ts';
import type { Resource } from '../../model/model.ts';
import type { Finding, Rule } from '../../rules/rule.ts';
import { askRules } from '../ask-rules.ts';

/**
 * How much there is to say of a graph: findings by rule and resource, links by kind, origin and state. Fields are left
 * out, as their names may be just what a fix changes.
 */
export interface Tally {
  readonly findings: ReadonlyMap<string, number>;
  readonly links: ReadonlyMap<string, number>;
}

export function tally(graph: PortGraph, rules: readonly Rule[]): Tally {
  const findings = new Map<string, number>();
  const links = new Map<string, number>();
  for (const finding of askRules(rules, [graph]).findings.flat()) count(findings, findingKey(finding));
  for (const link of linksOf(graph)) {
    const [from] = resourcesOf(link);
    if (from) count(links, linkKey(link.kind, from, link.state));
  }
  return { findings, links };
}

/** By the resource that it speaks of: what it is compared with may be just what a fix changes. */
export const findingKey = ({ rule, severity, resources: [first] }: Finding): string =>
  [rule, severity, first ? nameOf(first) : ''].join('\n');

export const linkKey = (kind: string, from: Resource, state: LinkState): string =>
  [kind, nameOf(from), state].join('\n');

const nameOf = ({ kind, namespace, name }: Resource): string => `${kind}\0${namespace}\0${name}`;

const count = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);
