import type { Located } from '../../text/source.ts';
import type {
  ConfigFile,
  ConfigReader,
  ConfigReading,
  ConfigSurroundings,
  VariableValue,
} from '../config-files/config-file.ts';

/** What a reader asked of the surroundings, and was told. */
class Asked implements ConfigSurroundings {
  readonly #around: ConfigSurroundings;
  readonly #variables = new Map<string, VariableValue>();
  readonly #covers = new Map<string, boolean>();
  #tag: { readonly said: string | undefined } | undefined;

  constructor(around: ConfigSurroundings) {
    this.#around = around;
  }

  variable(name: string): VariableValue {
    const value = this.#around.variable(name);
    this.#variables.set(name, value);
    return value;
  }

  covers(directory: string): boolean {
    const is = this.#around.covers(directory);
    this.#covers.set(directory, is);
    return is;
  }

  get tag(): string | undefined {
    this.#tag = { said: this.#around.tag };
    return this.#tag.said;
  }

  /** Whether others would have told the same. */
  isAnsweredAlikeBy(others: ConfigSurroundings): boolean {
    return (
      (!this.#tag || this.#tag.said === others.tag) &&
      [...this.#covers].every(([directory, is]) => others.covers(directory) === is) &&
      [...this.#variables].every(([name, value]) => isSame(value, others.variable(name)))
    );
  }
}

const isSame = (one: VariableValue, other: VariableValue): boolean =>
  one.kind === other.kind && (one.kind !== 'value' || other.kind !== 'value' || one.value === other.value);

interface Kept {
  readonly reader: ConfigReader;
  readonly files: readonly ConfigFile[];
  readonly main: ConfigFile | undefined;
  readonly asked: Asked;
  readonly reading: ConfigReading;
}

/** By the text of the file that is read first; what hangs on it goes with it. */
const known = new WeakMap<Located<string>, Kept[]>();
/** Of one text: beyond, the oldest is forgotten. */
const MOST_KEPT = 4;

/**
 * What a reader says of some files. Many Pods mount one ConfigMap: it is read once for all of them that would answer
 * the reader alike. Nothing of it is kept where the reader throws.
 */
export function readOnce(
  reader: ConfigReader,
  files: readonly ConfigFile[],
  main: ConfigFile | undefined,
  around: ConfigSurroundings,
): ConfigReading {
  const first = main ?? files[0];
  if (!first) return reader(files, main, around);
  const all = known.get(first.text) ?? [];
  known.set(first.text, all);
  const same = all.find(
    (one) =>
      one.reader === reader &&
      isSameFile(one.main, main) &&
      areSameFiles(one.files, files) &&
      one.asked.isAnsweredAlikeBy(around),
  );
  if (same) return same.reading;
  const asked = new Asked(around);
  const reading = reader(files, main, asked);
  all.push({ reader, files, main, asked, reading });
  if (all.length > MOST_KEPT) all.shift();
  return reading;
}

const areSameFiles = (some: readonly ConfigFile[], others: readonly ConfigFile[]): boolean =>
  some === others ||
  (some.length === others.length && some.every((file, at) => isSameFile(file, others[at])));

const isSameFile = (one: ConfigFile | undefined, other: ConfigFile | undefined): boolean =>
  one?.path === other?.path &&
  one?.text === other?.text &&
  one?.from === other?.from &&
  one?.secret === other?.secret;
