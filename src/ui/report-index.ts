import { lookupOf } from '../report/map/lookup.ts';
import { worstFirst } from '../report/order.ts';
import type { PageData } from '../report/page/page-data.ts';
import type { ReportChain, ReportFinding, ReportLink } from '../report/report.ts';
import { groupBy } from '../text/group-by.ts';
import { farEndOf } from './words.ts';

/** A report as the page asks for it. */
export class Index {
  readonly data: PageData;
  /** The worst first. */
  readonly chains: readonly ReportChain[];
  readonly #links: ReadonlyMap<string, ReportLink>;
  readonly #findings: ReadonlyMap<string | null, readonly ReportFinding[]>;
  readonly #chainOfLink = new Map<string, ReportChain>();
  readonly #texts = new Map<ReportChain | ReportFinding, string>();

  constructor(data: PageData) {
    this.data = data;
    const { links, chains, findings } = data.report;
    this.#links = new Map(links.map((link) => [link.id, link]));
    this.chains = worstFirst(chains);
    this.#findings = groupBy(findings, ({ link }) => link);
    for (const chain of this.chains) {
      for (const link of chain.links) if (!this.#chainOfLink.has(link)) this.#chainOfLink.set(link, chain);
    }
  }

  link(id: string): ReportLink | undefined {
    return this.#links.get(id);
  }

  findingsOf(link: string): readonly ReportFinding[] {
    return this.#findings.get(link) ?? [];
  }

  /** The first chain that passes a link, of those the worst. */
  chainOf(link: string): ReportChain | undefined {
    return this.#chainOfLink.get(link);
  }

  /** Makes what pictures and searches look up while nobody waits for anything, so that the first is as fast as the next. */
  prepare(): void {
    const rest = this.chains.values();
    whenIdle(() => lookupOf(this.data.report));
    const some = (deadline: IdleDeadline): void => {
      while (deadline.timeRemaining() > 2) {
        const { value, done } = rest.next();
        if (done) return;
        this.textOf(value);
      }
      whenIdle(some);
    };
    whenIdle(some);
  }

  /** The lines that the fixes of a finding change. */
  changesOf(finding: ReportFinding): PageData['changes'][number] {
    return this.data.changes[this.data.report.findings.indexOf(finding)] ?? [];
  }

  /** Everything that a search looks through, in small letters. */
  textOf(chain: ReportChain): string {
    return this.#remembered(chain, () => {
      const { entry } = chain;
      const parts: unknown[] = [
        entry.host,
        entry.path,
        entry.port,
        entry.kind,
        chain.set,
        entry.resource.name,
      ];
      for (const id of chain.links) {
        const link = this.#links.get(id);
        if (!link) continue;
        for (const end of [link.from, farEndOf(link), ...(link.forwards ?? [])]) {
          if (!end) continue;
          const { kind, namespace, name } = end.resource;
          parts.push(`${kind.toLowerCase()}/${name}`, namespace, end.container, end.port?.name);
          parts.push(end.port?.number, end.targetPort, end.location?.path);
        }
        for (const { rule } of this.findingsOf(id)) parts.push(rule);
      }
      return wordsOf(parts);
    });
  }

  textOfFinding(finding: ReportFinding): string {
    return this.#remembered(finding, () =>
      wordsOf([
        finding.rule,
        finding.message,
        finding.set,
        ...finding.resources.flatMap(({ kind, namespace, name }) => [kind, namespace, name]),
        ...finding.labels.map(({ location }) => location.path),
      ]),
    );
  }

  #remembered(of: ReportChain | ReportFinding, make: () => string): string {
    const known = this.#texts.get(of);
    if (known !== undefined) return known;
    const text = make();
    this.#texts.set(of, text);
    return text;
  }
}

/** Safari has it not yet. */
const whenIdle = (work: IdleRequestCallback): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
};

/** A name may have megabytes, of which nobody searches the end. */
const wordsOf = (parts: readonly unknown[]): string =>
  [...new Set(parts.filter((part) => part !== null && part !== undefined))]
    .map((part) => String(part).slice(0, 300).toLowerCase())
    .join(' ');
