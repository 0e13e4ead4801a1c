/** Beyond this many repetitions a pattern could take for ever on a name; nobody writes such ones. */
const MOST_REPETITIONS = 3;

/**
 * The names of ports that a monitor's `port` means: Prometheus takes it for a regular expression of the whole name
 * (S-183). Undefined for one that is more than names, dots, repetitions and alternatives.
 */
export function portPattern(text: string): ((name: string) => boolean) | undefined {
  if (/^[a-z0-9-]*$/.test(text)) return (name) => name === text;
  const repetitions = text.match(/[*+?]/g)?.length ?? 0;
  if (!/^(?:[a-z0-9|.-]|(?<=[a-z0-9.])[*+?])*$/.test(text) || repetitions > MOST_REPETITIONS)
    return undefined;
  const whole = new RegExp(`^(?:${text})$`);
  return (name) => whole.test(name);
}
