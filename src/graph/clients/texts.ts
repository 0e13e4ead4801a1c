import { LARGEST_VALUE } from '../../model/largest-object.ts';
import type { ConfigMap, Container, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import type { Located, SourceFile } from '../../text/source.ts';

/** A text that may hold addresses, with who reads it. */
export interface ClientText {
  readonly client: Workload | ConfigMap;
  readonly container: Container | undefined;
  /** Where it stands in the client, by name: `containers[web].env[API_URL]`. */
  readonly field: string;
  /** The name that the text is known by: of the variable, the flag or the key. */
  readonly name: string;
  readonly text: Located<string>;
  /** `file`: several lines of some format. */
  readonly kind: 'value' | 'file';
}

/** Documents for people, where an address is an example. */
const PROSE = /\.(md|markdown|txt|html?|rst|adoc|css|svg|pem|crt)$/i;

/**
 * Every text of the input that a process may take an address from; those of Secrets are left alone. One that aliases
 * name as well is told once, for the first of them: whatever is said of it is said of the same place.
 *
 * @param mayHold a quick look at what is worth more; an address has a scheme or a port
 */
export function* clientTexts(
  model: Model,
  mayHold: (value: string) => boolean = mayHoldAddress,
): Generator<ClientText> {
  const seen = new Set<number>();
  let source: SourceFile | undefined;
  for (const one of namedTexts(model, mayHold)) {
    const { text } = one;
    if (text.source !== source) seen.clear();
    source = text.source;
    if (seen.has(text.start)) continue;
    seen.add(text.start);
    yield one;
  }
}

function* namedTexts(model: Model, mayHold: (value: string) => boolean): Generator<ClientText> {
  for (const workload of model.workloads) {
    for (const container of workload.template.containers) yield* textsOf(workload, container, mayHold);
  }
  for (const configMap of model.configMaps) {
    for (const [key, text] of configMap.data) {
      if (!mayHold(text.value) || PROSE.test(key)) continue;
      const kind = text.value.includes('\n') ? 'file' : 'value';
      yield { client: configMap, container: undefined, field: `data.${key}`, name: key, text, kind };
    }
  }
}

/** An address has a scheme or a port; most texts have neither, and what is longer than any is read by nobody. */
const mayHoldAddress = (value: string): boolean =>
  value.length <= LARGEST_VALUE && value.includes(':') && (value.includes('://') || /:\d/.test(value));

function* textsOf(
  client: Workload,
  container: Container,
  mayHold: (value: string) => boolean,
): Generator<ClientText> {
  for (const { name, value } of container.env) {
    if (value && mayHold(value.value)) {
      const field = `containers[${container.name}].env[${name.value}]`;
      yield { client, container, field, name: name.value, text: value, kind: 'value' };
    }
  }
  for (const [field, list] of [
    ['command', container.command],
    ['args', container.args],
  ] as const) {
    for (const [index, text] of (list ?? []).entries()) {
      if (!mayHold(text.value)) continue;
      const name = /^--?([\w.-]+)/.exec(text.value)?.[1] ?? list?.[index - 1]?.value ?? '';
      const place = `containers[${container.name}].${field}[${index}]`;
      yield { client, container, field: place, name, text, kind: 'value' };
    }
  }
}
