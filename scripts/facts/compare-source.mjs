// Whether what a fact cites still stands there.

/**
 * @returns undefined where nothing changed; else what did, with the lines that are gone.
 */
export async function compareSource(source, words, sources) {
  const { repo, path, commit, lines } = source;
  const then = await sources.textOf(repo, commit, path);
  if (then instanceof Error) return { kind: 'unknown', says: then.message };
  if (then === undefined) return { kind: 'wrong', says: `${repo} had no ${path} at ${commit}` };
  const cited = citedLines(then, lines, words);
  if (cited.length === 0)
    return { kind: 'wrong', says: `${place(source)} says nothing of ${words.slice(0, 3).join(', ')}` };
  if (source.past) return undefined;
  const now = await sources.textOf(repo, 'HEAD', path);
  if (now instanceof Error) return { kind: 'unknown', says: now.message };
  if (now === undefined) return { kind: 'vanished', says: `${path} is no longer in ${repo}` };
  // Where a line stands means nothing, only whether it still does.
  const standing = new Set(now.split('\n').map((line) => line.trim()));
  const gone = cited.filter((line) => !standing.has(line));
  return gone.length === 0
    ? undefined
    : { kind: 'changed', says: `${place(source)} has changed`, gone: gone.slice(0, 5) };
}

export const place = ({ repo, path, lines, issue, url }) =>
  url ?? (issue ? `${repo}#${issue}` : `${repo}:${path}${lines ? `:${lines}` : ''}`);

/** The lines that are named; else those that name a port or a setting of the fact; else all. */
function citedLines(text, lines, words) {
  const all = text.split('\n').map((line) => line.trim());
  if (lines !== undefined) {
    const [first, last = first] = String(lines).split('-').map(Number);
    return all.slice(first - 1, last).filter((line) => line !== '');
  }
  const isNamed = (line) => words.some((word) => standsIn(line, word));
  const named = all.filter(isNamed);
  return named.length > 0 ? named : all.filter((line) => line !== '');
}

const standsIn = (line, word) => new RegExp(`(?<![\\w.])${word.replace(/\W/g, '\\$&')}(?!\\w)`).test(line);
