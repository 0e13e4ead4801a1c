import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DockerfileOptions, readDockerfile } from './dockerfile.ts';

const read = (text: string, options?: DockerfileOptions) =>
  readDockerfile({ path: 'shop/Dockerfile', kind: 'file', text, editable: false }, options);

/** The configuration, with what is left out for brevity where it says nothing. */
function config(text: string, options?: DockerfileOptions): Record<string, unknown> {
  const { config, errors } = read(text, options);
  expect(errors).toEqual([]);
  const { from, env, exposed, madeOf: _, ...rest } = config!;
  expect(from).toBe('shop/Dockerfile');
  const ports = exposed.map(({ port, protocol }) => `${port}/${protocol}`);
  const said = { ...rest, env: Object.fromEntries(env), exposed: ports.join(' ') };
  return Object.fromEntries(
    Object.entries(said).filter(
      ([, value]) => value !== undefined && JSON.stringify(value) !== '{}' && value !== '',
    ),
  );
}

const errors = (text: string, options?: DockerfileOptions): string[] =>
  read(text, options).errors.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('what an image is started with', () => {
  const OPEN = { base: 'node:20', complete: false };

  test.each<[string, string, object]>([
    ['nothing', 'FROM node:20', OPEN],
    ['exec form', 'FROM node:20\nCMD ["node", "a b.js"]', { ...OPEN, cmd: ['node', 'a b.js'] }],
    ['shell form', 'FROM node:20\nCMD node  $X "a"', { ...OPEN, cmd: ['/bin/sh', '-c', 'node  $X "a"'] }],
    ['almost JSON is shell form', "FROM node:20\nCMD ['a']", { ...OPEN, cmd: ['/bin/sh', '-c', "['a']"] }],
    [
      'SHELL holds for what comes after it',
      'FROM node:20\nCMD a\nSHELL ["/bin/bash", "-ec"]\nENTRYPOINT b',
      { ...OPEN, cmd: ['/bin/sh', '-c', 'a'], entrypoint: ['/bin/bash', '-ec', 'b'] },
    ],
    [
      'SHELL passes to a stage above',
      'FROM node:20 AS below\nSHELL ["/bin/ash", "-c"]\nFROM below\nCMD a',
      { ...OPEN, cmd: ['/bin/ash', '-c', 'a'] },
    ],
    ['the last CMD holds', 'FROM node:20\nCMD ["a"]\nCMD ["b"]', { ...OPEN, cmd: ['b'] }],
    [
      'an ENTRYPOINT drops the CMD below',
      'FROM node:20 AS below\nCMD ["a"]\nFROM below\nENTRYPOINT ["b"]',
      { ...OPEN, cmd: [], entrypoint: ['b'] },
    ],
    [
      'and not that of its own stage',
      'FROM node:20 AS below\nFROM below\nCMD ["a"]\nENTRYPOINT ["b"]',
      { ...OPEN, cmd: ['a'], entrypoint: ['b'] },
    ],
    ['an empty array takes it away', 'FROM node:20\nENTRYPOINT []', { ...OPEN, cmd: [], entrypoint: [] }],
    ['flags are passed over', 'FROM --platform=$BUILDPLATFORM node:20', OPEN],
    ['case does not matter', 'from node:20 as A\nfrom a\nuser node', { ...OPEN, user: 'node' }],
    [
      'USER with variables',
      'FROM node:20\nENV U=app\nUSER $U:0',
      { ...OPEN, env: { U: 'app' }, user: 'app:0' },
    ],
  ])('%s', (_, text, expected) => {
    expect(config(text)).toEqual(expected);
  });
});

describe('ENV', () => {
  test.each<[string, string, Record<string, string>]>([
    ['several', 'ENV A=1 B="x y" C=a\\ b D=\'$A\' E=', { A: '1', B: 'x y', C: 'a b', D: '$A', E: '' }],
    ['the old form', 'ENV A  one "two" three', { A: 'one two three' }],
    [
      'continued, with comments and empty lines',
      'ENV A=1 \\\n  # why\n\n  B=2 \\ \n C=3',
      { A: '1', B: '2', C: '3' },
    ],
    ['all see what was before', 'ENV A=1\nENV A=2 B=$A', { A: '2', B: '1' }],
    [
      'braces',
      'ENV A=1\nENV B=${A}2 C="$A-${A}" D=\\$A E="\\$A\\n"',
      { A: '1', B: '12', C: '1-1', D: '$A', E: '$A\\n' },
    ],
    [
      'a value for none',
      'ENV E=\nENV A=${N:-8080} B=${E:-8080} C=${E-8080} D=${N-${N:-1}}',
      { E: '', A: '8080', B: '8080', C: '', D: '1' },
    ],
    ['a value for some', 'ENV A=1\nENV B=${A:+2} C=${N:+2} D=${A:?no}', { A: '1', B: '2', C: '', D: '1' }],
    ['none', 'ENV A=$N', { A: '' }],
    ['a lone dollar', 'ENV A=$ B="$ 5"', { A: '$', B: '$ 5' }],
    ['a heredoc is no instruction', 'RUN <<EOF cat\nENV A=1\nEOF\nENV B=2', { B: '2' }],
    ['several of them', 'COPY <<"A" <<-B /x/\nENV A=1\nA\nENV B=1\n\t\tB\nENV C=1', { C: '1' }],
    ['ONBUILD waits for another build', 'ONBUILD ENV A=1\nONBUILD RUN <<E\nENV B=1\nE', {}],
    ['a shift is no heredoc', 'RUN echo $((1<<2)) 1 << 2\nENV A=1', { A: '1' }],
    ['an escaped escape continues nothing', 'ENV A=b\\\\\nENV B=2', { A: 'b\\', B: '2' }],
    ['exec form has no heredoc', 'RUN ["sh", "-c", "cat <<E "]\nENV A=1', { A: '1' }],
    ['Windows line ends', 'ENV A=1 \\\r\n B=2\r\nENV C=3\r\n', { A: '1', B: '2', C: '3' }],
  ])('%s', (_, text, expected) => {
    const { PATH, ...env } = config(`FROM scratch\n${text}`).env as Record<string, string>;
    expect(PATH).toMatch(/^\/usr\/local\/sbin:/);
    expect(env).toEqual(expected);
  });

  test('the backtick escapes where a directive says so', () => {
    expect(config('# escape=`\nFROM a\nENV D=C:\\x `\n E=`$A')).toEqual({
      base: 'a',
      complete: false,
      env: { D: 'C:\\x', E: '$A' },
    });
    expect(config('#\n# escape=`\nFROM a\nENV D=1 \\\n E=2').env).toEqual({ D: '1', E: '2' });
  });

  test('what hangs on the base image is not known, until it is', () => {
    const text = 'FROM a\nENV PATH=/app:$PATH PORT=${PORT:-8080} X=1';
    expect(config(text)).toEqual({ base: 'a', complete: false, env: { X: '1' } });
    const base = read('FROM scratch\nENV PATH=/bin PORT=3000\nCMD ["b"]\nEXPOSE 3000\nUSER app').config!;
    expect(config(text, { bases: new Map([['a', base]]) })).toEqual({
      complete: true,
      env: { PATH: '/app:/bin', PORT: '3000', X: '1' },
      cmd: ['b'],
      exposed: '3000/TCP',
      user: 'app',
    });
  });

  test('a value that is not known takes one from below away', () => {
    expect(config('FROM a AS b\nENV A=1\nFROM b\nENV A=$B')).not.toHaveProperty('env');
  });

  test.each<[string, string, Record<string, string>]>([
    ['set over a known one', 'ARG P\nENV A=1\nENV A=$P\nENV B=$A C=${A:-1}', {}],
    ['passes to a stage above', 'ARG P\nENV A=$P\nFROM b\nENV B=${A:-1}', {}],
    ['and what it may hang on does too', 'ARG P\nFROM b\nENV A=$P', {}],
    ['and makes nothing else unknown', 'ARG P\nENV A=$P\nFROM b\nENV B=${N}2', { B: '2' }],
  ])('a value that is not known: %s', (_, text, expected) => {
    const { env, complete } = config(`FROM scratch AS b\n${text}`);
    const { PATH, ...rest } = env as Record<string, string>;
    expect({ rest, complete }).toEqual({ rest: expected, complete: false });
  });

  test('what a base does not tell is not known either', () => {
    const bases = new Map([['a', { ...read('FROM scratch').config!, complete: false, base: 'below' }]]);
    expect(config('FROM a\nENV A=$N B=1', { bases })).toMatchObject({
      complete: false,
      base: 'below',
      env: { B: '1' },
    });
    expect(config('FROM a\nENV A=$N B=1', { bases }).env).not.toHaveProperty('A');
  });

  test('a pattern is not worked out', () => {
    expect(config('FROM scratch\nENV A=1.2\nENV B=${A%.*} C=${A//./-}')).toMatchObject({ complete: false });
  });
});

describe('ARG', () => {
  test.each<[string, string, string, boolean]>([
    ['a default', 'FROM scratch\nARG P=80\nENV A=$P', '80', true],
    ['of another', 'FROM scratch\nARG Q=8 P=${Q}0\nENV A=$P', '80', true],
    ['from before FROM, declared', 'ARG P=80\nFROM scratch\nARG P\nENV A=$P', '80', true],
    ['from before FROM, not declared', 'ARG P=80\nFROM scratch\nENV A=$P', '', true],
    ['none', 'FROM scratch\nARG P\nENV A=${P:-81}', '81', true],
    ['over ENV', 'FROM scratch\nENV P=1\nARG P=80\nENV A=$P', '80', true],
    ['under ENV', 'FROM scratch\nARG P=80\nENV P=1\nENV A=$P', '1', true],
    ['passes to a stage above', 'FROM scratch AS b\nARG P=80\nFROM b\nENV A=$P', '80', true],
    ['and to no other', 'FROM scratch AS b\nARG P=80\nFROM scratch\nENV A=$P', '', true],
    ['the platform', 'FROM scratch\nARG TARGETARCH\nENV A=$TARGETARCH', 'amd64', true],
  ])('%s', (_, text, expected, complete) => {
    const { env, ...rest } = config(text);
    expect((env as Record<string, string>).A).toBe(expected);
    expect(rest.complete).toBe(complete);
  });

  test('one without a value is for the build to say', () => {
    const text = 'FROM scratch\nARG P\nENV A=$P\nEXPOSE $P 80\nUSER $P';
    expect(config(text)).toMatchObject({ complete: false, exposed: '80/TCP' });
    expect(config(text).env).not.toHaveProperty('A');
    expect(config(text, { args: new Map([['P', '81']]) })).toMatchObject({
      complete: true,
      exposed: '81/TCP 80/TCP',
      user: '81',
      env: { A: '81' },
    });
  });

  test('a default that hangs on another without a value', () => {
    const text = 'ARG X\nARG P=$X\nFROM scratch\nARG P\nENV A=${P:-1}';
    expect(config(text)).toMatchObject({ complete: false });
    expect(config(text).env).not.toHaveProperty('A');
  });

  test('a user that only the build knows', () => {
    expect(config('FROM scratch\nARG U\nUSER $U')).toMatchObject({ complete: false });
    expect(config('FROM scratch\nARG U\nUSER $U')).not.toHaveProperty('user');
  });

  test('names the base', () => {
    const text = 'ARG TAG=${X:-20}-alpine\nARG NAME\nFROM ${NAME:-node}:$TAG';
    expect(config(text)).toEqual({ base: 'node:20-alpine', complete: false });
    expect(config(text, { args: new Map([['TAG', '22']]) })).toEqual({ base: 'node:22', complete: false });
    expect(config('ARG NAME\nFROM $NAME')).toEqual({ complete: false });
  });
});

test('EXPOSE takes ports, ranges, protocols and variables, each once', () => {
  const text = 'FROM a\nENV P=90 Q="91 92/udp"\nEXPOSE 80 53/udp 53/UDP 80/tcp 7-9 $P $Q 1:2 9/sctp';
  expect(config(text).exposed).toBe('80/TCP 53/UDP 7/TCP 8/TCP 9/TCP 90/TCP 91/TCP 92/UDP 2/TCP 9/SCTP');
});

test('a target is a stage by its name', () => {
  const text = 'FROM a AS Dev\nEXPOSE 1\nFROM b\nEXPOSE 2';
  expect(config(text, { target: 'dev' })).toEqual({ base: 'a', complete: false, exposed: '1/TCP' });
  expect(errors(text, { target: 'prod' })).toEqual(['1:1 no stage is named `prod`; the stages are dev']);
  expect(read(text, { target: 'prod' }).config).toBeUndefined();
});

test.each<[string, string[]]>([
  ['', ['1:1 there is no FROM; a Dockerfile begins with it']],
  ['EXPOSE 80\nUSER a', ['1:1 EXPOSE stands before the first FROM; a Dockerfile begins with FROM']],
  ['FROM a\n\nEXPSOE 80', ['3:1 `EXPSOE` is no instruction of a Dockerfile']],
  ['FROM a\nCMD', ['2:1 CMD has nothing after it']],
  ['FROM a b', ['1:1 FROM takes an image, or `image AS name`']],
  ['FROM ${a', ['1:1 a `}` is missing']],
  ['FROM a\nENV A="1', ['2:1 a double quote `"` is not closed']],
  ["FROM a\nENV A='1", ["2:1 a single quote `'` is not closed"]],
  ['FROM a\nENV A', ['2:1 ENV takes `name=value`']],
  ['FROM a\nENV A=1 b', ['2:1 ENV takes `name=value`, and `b` is none; quote values with spaces']],
  ['FROM a\nENV A=${}', ['2:1 `${` is not followed by a name']],
  ['FROM a\nENV A=${B^^}', ['2:1 `${B` goes on with `^`, which BuildKit does not know']],
  ['FROM scratch\nENV A=${B:?why}', ['2:1 the variable `B` must have a value here']],
  [
    'FROM a\nEXPOSE http',
    ['2:1 EXPOSE takes ports from 1 to 65535, such as `8080` or `53/udp`, and `http` is none'],
  ],
  [
    'FROM a\nENV P="80 81"\nEXPOSE "$P"',
    ['3:1 EXPOSE takes ports from 1 to 65535, such as `8080` or `53/udp`, and `80 81` is none'],
  ],
  [
    'FROM a\nEXPOSE 9-7',
    ['2:1 EXPOSE takes ports from 1 to 65535, such as `8080` or `53/udp`, and `9-7` is none'],
  ],
  ['FROM a\nCMD [1]', ['2:1 the array after CMD holds something other than strings']],
  ['FROM a\nSHELL bash', ['2:1 SHELL takes a JSON array of strings, such as `["/bin/bash", "-c"]`']],
  ['FROM a\nRUN <<EOF\nx', ['2:1 the heredoc has no end; write `EOF` on a line of its own']],
])('%j is told', (text, expected) => {
  expect(errors(text)).toEqual(expected);
});

test('what follows a FROM that cannot be read is not taken for the stage before it', () => {
  const { config: got } = read('FROM scratch\nEXPOSE 80\nFROM a b c\nEXPOSE 81');
  expect(got).toMatchObject({ exposed: [{ port: 81, protocol: 'TCP' }], complete: false, base: undefined });
});

test('an instruction that cannot be read leaves the rest, and the configuration open', () => {
  const { config: got } = read('FROM scratch\nEXPOSE x\nEXPOSE 81');
  expect(got).toMatchObject({ exposed: [{ port: 81, protocol: 'TCP' }], complete: false });
});

const PIECES =
  'FROM|ARG|ENV|EXPOSE|CMD|ENTRYPOINT|RUN|COPY|SHELL|USER|ONBUILD|AS|a|b|A=1|scratch|80|1-9|/udp|["a"]|[|]|"|\'|$|${|}|:-|<<E|E|--x=1|=|#|# escape=`|\\|`|\\\n|`\n|\n|\r\n|\n\n| |\t|😀|__proto__';

test('any text has an answer: a configuration, an error or both', () => {
  const text = fc
    .array(fc.constantFrom(...PIECES.split('|')), { maxLength: 40 })
    .map((parts) => parts.join(' '));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        text.map((it) => it.replaceAll(' ', '')),
        fc.string({ unit: 'binary' }),
      ),
      (it) => {
        const { config, errors } = read(`FROM a\n${it}`);
        expect(config !== undefined || errors.length > 0).toBe(true);
        const lines = it.split('\n').length + 1;
        for (const { line } of errors) expect(line >= 1 && line <= lines).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

test('a value goes through quotes as it is', () => {
  const value = fc.string().filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(value, (text) => {
      const quoted = text.replace(/[\\"$]/g, '\\$&');
      expect(config(`FROM scratch\nENV A="${quoted}"`).env).toHaveProperty('A', text);
    }),
  );
});

test.each<[string, string]>([
  ['fallbacks within fallbacks', `ENV A=${'${A:-'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['fallbacks that do not end', `ENV A=${'${A:-'.repeat(5_000)}`],
  ['values that double', Array.from({ length: 40 }, (_, i) => `ENV A${i + 1}=x$A${i}$A${i}`).join('\n')],
  ['arguments that double', Array.from({ length: 40 }, (_, i) => `ARG A${i + 1}=x$A${i}$A${i}`).join('\n')],
])('an end is put to %s', (_, lines) => {
  const { config } = read(`FROM a\nENV A0=b\nARG A0=b\n${lines}\n`);
  const said = [...(config?.env.values() ?? [])].map((value) => value?.length ?? 0);
  expect(Math.max(...said)).toBeLessThanOrEqual(128 * 1024);
});
