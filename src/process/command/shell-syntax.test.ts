import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScript, type ShellPart } from './shell-syntax.ts';

/** Each command as its words in brackets and what ends it. */
const read = (script: string): string | undefined =>
  parseScript(script)
    ?.map(({ words, end }) => `${words.map((parts) => `[${shown(parts)}]`).join('')}${end}`)
    .join('');

const shown = (parts: readonly ShellPart[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'unknown') return '?';
      if (part.kind === 'text') return part.text;
      if (part.kind === 'positional') return `<${part.index}>`;
      const { name, fallback, quoted } = part;
      const operator = fallback && `${fallback.whenEmpty ? ':-' : '-'}${shown(fallback.parts)}`;
      return `<${quoted ? '"' : ''}${name}${operator ?? ''}>`;
    })
    .join('');

describe('parseScript', () => {
  test.each([
    ['words', 'vite --port 3000', '[vite][--port][3000];'],
    ['quotes', `echo 'a b' "c d"e ''`, '[echo][a b][c de][];'],
    ['escapes', 'echo a\\ b "\\$x \\n"', '[echo][a b][$x \\n];'],
    ['no escapes in single quotes', "echo '\\$x'", '[echo][\\$x];'],
    ['a line that goes on', 'vite \\\n --host', '[vite][--host];'],
    ['a comment', 'vite # --port 80\nnext', '[vite];[next];'],
    ['a hash inside a word', 'echo a#b', '[echo][a#b];'],
    ['what ends a command', 'a && b || c | d & e; f\ng', '[a]&&[b]||[c]|[d]&[e];[f];[g];'],
    ['a variable', 'x $PORT ${PORT} "$PORT"', '[x][<PORT>][<PORT>][<"PORT>];'],
    ['a fallback', 'x ${PORT:-3000} ${PORT-80} ${PORT:=81}', '[x][<PORT:-3000>][<PORT-80>][<PORT:-81>];'],
    ['a fallback in a fallback', 'x ${A:-${B:-1}}', '[x][<A:-<B:-1>>];'],
    ['an error instead of a fallback', 'x ${PORT:?unset}', '[x][<PORT>];'],
    ['other expansions', 'x ${PORT%%:*} ${#PORT} $1 $@ $$', '[x][?][?][<1>][<all>][?];'],
    ['command substitution', 'x $(cat "a)" b) `cat c` $((1 + 2))', undefined],
    ['command substitution with quotes', "x $(echo ')') `cat c` $((1 + 2))", '[x][?][?][?];'],
    ['a dollar alone', 'x $ "$" $.', '[x][$][$][$.];'],
    ['redirections', 'vite >/dev/null 2>&1 <in &>>log next', '[vite][next];'],
    ['a here-document', 'cat <<EOF >x\n$A )(\nEOF\nvite', '[cat];[vite];'],
    ['a here-document whose end is quoted', "cat <<-'E F'\n\tvite\n\tE F\nnext", '[cat];[next];'],
    ['a here-document without an end', 'cat <<EOF\nvite', undefined],
    ['a here-string', 'cat <<< vite; next', '[cat];[next];'],
    ['a subshell', '(cd a && vite) & next', '[cd][a]&&[vite]&[next];'],
    ['a parenthesis alone', 'vite )', undefined],
    ['a function', 'f() { vite; }', undefined],
    ['an open quote', 'echo "a', undefined],
    ['an open brace', 'echo ${A', undefined],
    ['a case', 'case $x in\n a|b) vite ;;\n (*) next\nesac; f', '[if][:];[then];[vite];[next];[fi];[f];'],
    ['a case that ends with its patterns', 'case x in a) vite;; esac', '[if][:];[then];[vite];[fi];'],
    ['a case without an end', 'case x in a) vite', '[if][:];[then];[vite];'],
    ['a case of something else', 'case x y', undefined],
    ['nothing', ' \n # x', ''],
  ])('%s', (_, script, commands) => expect(read(script)).toBe(commands));

  test('never throws', () => {
    const piece = fc.constantFrom(
      ...'ab $\'"`(){}:-=\\\n;&|<>#0'.split(''),
      '${A:-',
      '$(',
      '&&',
      '\0',
      'PORT=',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (script) => {
          expect(() => parseScript(script)).not.toThrow();
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a word in single quotes is what it was', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/['\0]/.test(text));
        expect(parseScript(`x '${text}'`)?.[0]?.words[1]).toEqual([{ kind: 'text', text, quoted: true }]);
      }),
    ));

  test('deep nesting is given up', () => expect(read('${A:-'.repeat(50_000))).toBeUndefined());
});
