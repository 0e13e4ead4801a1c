import type { ReportLink, ReportWitness } from '../report.ts';
import { isFailure } from './draw-seen.ts';

/**
 * Who says what, and who of them is wrong, for each link of a chain where not all agree: lines of prose.
 *
 * @param links of one chain, outside in
 */
export function contradictionsIn(links: readonly ReportLink[]): string[][] {
  const symptom = symptomOf(links);
  return links.flatMap(({ witnesses = [] }) => (witnesses.length === 0 ? [] : [told(witnesses, symptom)]));
}

function told(witnesses: readonly ReportWitness[], symptom: string): string[] {
  const said = witnesses.map((one) => `${nameOf(one)} says ${one.says}`).join('; ');
  const causes = names(witnesses.filter(({ verdict }) => verdict === 'cause'));
  const suspect = names(witnesses.filter(({ verdict }) => verdict === 'suspect'));
  const harmless = names(witnesses.filter(({ verdict }) => verdict === 'harmless'));
  const verdicts = [
    ...(causes.length > 0 ? [`${causes.join(' and ')} ${CAUSE} ${symptom}`] : []),
    ...(suspect.length > 0 ? [`${suspect.join(' and ')} may be wrong, and why ${symptom}`] : []),
    ...(harmless.length > 0 ? [`${harmless.join(' and ')} is wrong and harmless`] : []),
  ];
  return [said, verdicts.join('; ')];
}

const CAUSE = 'is wrong, and is why';

/** A socket is as it is; who made it is wrong. */
function names(witnesses: readonly ReportWitness[]): string[] {
  return [...new Set(witnesses.map(wrongOf))];
}

function wrongOf(one: ReportWitness): string {
  if (one.who === 'socket') return bound(one);
  return one.who === 'controller' ? "the controller's own configuration" : nameOf(one);
}

const bound = ({ says: address }: ReportWitness): string =>
  `the address that the process binds (${address.startsWith('[::]') ? "of IPv6 alone, which the Pod's address is not" : 'loopback, which only its own Pod reaches'})`;

function nameOf({ who, says }: ReportWitness): string {
  switch (who) {
    case 'targetPort':
    case 'ingressClassName':
      return who;
    case 'containerPort':
      return 'containerPort (what `describe` shows)';
    case 'setting':
      return `the setting ${says}`;
    default:
      return `the ${who}`;
  }
}

const OUTSIDE_IN = ['controller', 'load-balancer', 'node', 'service'] as const;

/** What a client gets, as it was met furthest out. */
function symptomOf(links: readonly ReportLink[]): string {
  const met = links
    .flatMap(({ grounds }) => grounds)
    .flatMap(({ connection }) => connection ?? [])
    .filter(isFailure);
  const [worst] = OUTSIDE_IN.flatMap((place) => met.find(({ dialled }) => dialled === place) ?? []);
  if (worst?.answer.kind === 'http') return `clients get ${worst.answer.status}`;
  return worst?.answer.kind === 'timeout' ? 'clients wait in vain' : 'nothing answers';
}
