import type { PortGraph } from '../graph/links/port-graph.ts';
import { type Finding, type Rule, runRule } from '../rules/rule.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import { causeOf } from '../text/fault.ts';
import type { Pieces } from '../text/pieces.ts';
import { assertSound } from './sound-finding.ts';

export interface Asked {
  /** For each graph, in the order of the rules. */
  readonly findings: readonly (readonly Finding[])[];
  readonly errors: readonly InputError[];
}

/** Asks every rule about every graph. A rule that throws costs its own findings, in all of them, and no others. */
export function* askInPieces(rules: readonly Rule[], graphs: readonly PortGraph[]): Pieces<Asked> {
  const findings: Finding[][] = graphs.map(() => []);
  const errors: InputError[] = [];
  for (const rule of rules) {
    yield;
    try {
      const found: Finding[][] = [];
      for (const graph of graphs) {
        found.push(runRule(rule, graph));
        if (graphs.length > 1) yield;
      }
      for (const one of found.flat()) assertSound(one);
      for (const [index, some] of found.entries()) for (const one of some) findings[index]?.push(one);
    } catch (thrown) {
      const cause = causeOf(thrown);
      const fault = { part: 'rule', name: rule.id, cause } as const;
      errors.push({
        ...inputError('', `rule \`${rule.id}\` failed, and its findings are missing: ${cause}`),
        fault,
      });
    }
  }
  return { findings, errors };
}
