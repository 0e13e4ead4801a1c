import type { Answer } from '../model/observation.ts';
import { speaks } from './first-bytes.ts';

/**
 * What the Pod that looks from inside runs: pairs of host and port as arguments. For each it prints what came back, and
 * how `nc` ended. Written for the shell and the `nc` of busybox, which connects in time or says that it timed out; a
 * server that says nothing is left a little later.
 *
 * @param seconds for a connection to be taken
 */
export const insideScript = (seconds: number): string => `
i=0
while [ $# -gt 1 ]; do
  echo "portolan $i"
  {
    printf 'GET / HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$1" | timeout ${seconds + 2} nc -w ${seconds} "$1" "$2" 2>&1
    echo "ended $?"
  } | head -c 1000 | sed 's/^/  /'
  echo
  i=$((i + 1)); shift 2
done
echo 'portolan end'
`;

/** What was met at each place that was dialled. */
export interface Inside {
  /** In the order of the arguments; undefined where its result is missing or says nothing that is known. */
  readonly answers: readonly (Answer | 'no-name' | undefined)[];
  readonly isWhole: boolean;
}

/** Reads what the script printed; servers may have had a hand in it. */
export function readInside(text: string, count: number): Inside {
  const parts = text.split(/^portolan /m).slice(1);
  const answers = Array.from({ length: count }, (_, index) => {
    const part = parts.find((one) => one.startsWith(`${index}\n`));
    return part === undefined ? undefined : readOne(part.slice(part.indexOf('\n') + 1));
  });
  return { answers, isWhole: parts.at(-1)?.trim() === 'end' };
}

/** In the words of busybox's `nc`, where it ended before anything came; else by what came. */
function readOne(lines: string): Answer | 'no-name' | undefined {
  const said = lines.replace(/^ {2}/gm, '');
  const [, words = ''] = /^nc: (.*)$/m.exec(said.slice(0, LONGEST_WORDS)) ?? [];
  if (/bad address|name or service not known|name does not resolve/i.test(words)) return 'no-name';
  if (/connection refused/i.test(words)) return { kind: 'refused' };
  if (/timed out|no route to host|unreachable/i.test(words)) return { kind: 'timeout' };
  const came = said.replace(/^ended \d+\s*$/m, '').trimStart();
  if (came !== '') return speaks(new TextEncoder().encode(came));
  // It was connected: `nc` ended well, or was ended as the server was silent (by SIGTERM, or as `timeout` says it).
  return /^ended (?:0|124|143)\s*$/m.test(said) ? { kind: 'tcp' } : undefined;
}

const LONGEST_WORDS = 300;
