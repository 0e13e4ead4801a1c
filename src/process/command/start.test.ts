import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { howKnown } from '../../testing/how-known.ts';
import { textOf } from '../../text/source.ts';
import { imageConfig, pod, secret, type Told, told } from '../testing-containers.ts';

/** A container of an image of its own that declares port 8000. */
const start = (container: string, more = ''): Told =>
  told(pod(`image: corp/app, ports: [{ containerPort: 8000 }], ${container}`) + more);

const SERVE = 'serve -l 4000';
const PROVED = ['4000/TCP'];
/** A variable whose value the input does not hold. */
const HIDDEN = 'valueFrom: { secretKeyRef: { name: shop, key: where } }';
const sh = (script: string): string => `command: [sh, -c, ${JSON.stringify(script)}]`;

describe('wrappers', () => {
  test.each([
    'exec',
    'tini --',
    '/sbin/tini -s -g --',
    'dumb-init --rewrite 15:2 --',
    'gosu app',
    'su-exec app:app',
    'nice -n 5',
    'nohup',
    'npx --yes',
    'npx -p serve',
    'pnpm exec',
    'pnpm dlx',
    'yarn dlx',
    'env A=1 B=2',
    'env -u A --',
    'env -S exec',
    'wait4x tcp db:5432 --',
    'coverage run --source src -m',
    'memray run -o x -m',
    'strace -f -o x',
    'prlimit --nofile=9',
    'flock /x',
    'chroot /srv',
    'unbuffer',
    'pipx run',
    'uv run --project /x',
    'pdm run --venv x',
    's6-notifyoncheck -d -n 9',
    'timeout -k 5 60',
    'stdbuf -oL',
  ])('%s', (wrapper) => {
    const { open, process } = start(`command: [${`${wrapper} ${SERVE}`.split(' ').join(', ')}]`);
    expect(open).toEqual(PROVED);
    expect(process.complete).toBe(true);
  });

  test.each(['bundle exec rails s', 'bundle exec bin/rails server', 'ruby bin/rails server'])(
    '%s',
    (command) =>
      expect(start(`command: [${command.split(' ').join(', ')}, -p, "81", -b, "0"]`).open).toEqual([
        '81/TCP ipv4',
      ]),
  );

  test.each([
    'uvicorn a:b',
    'python -m uvicorn a:b',
    'python3.12 -u -m uvicorn a:b',
    'poetry run uvicorn a:b',
    'pipenv run uvicorn a:b',
    'uv run --no-sync --with x uvicorn a:b',
    '/venv/bin/uvicorn a:b',
    'tini -- sh -c "exec uvicorn a:b --port 81 --host ::"',
  ])('%s', (command) => {
    const words = command.match(/"[^"]*"|\S+/g)!.map((word) => JSON.stringify(word.replaceAll('"', '')));
    expect(start(`command: [${words}], args: ["--port=81", "--host=::"]`).open).toEqual(['81/TCP ipv6']);
  });

  test.each([
    '[su, -s, /bin/sh, -c, "serve -l 4000", app]',
    '[su, app, -c, "serve -l 4000"]',
    '[runuser, app, --command=serve -l 4000]',
    '[doppler, run, "--command=serve -l 4000"]',
    '[sops, exec-env, x.env, "serve -l 4000"]',
    '[env, "-Sserve -l", "4000"]',
  ])('a script for a shell: %s', (command) => expect(start(`command: ${command}`).open).toEqual(PROVED));

  test('to log in is another environment', () =>
    expect(start('command: [su, "-", app, -c, "serve -l 4000"]').open).toEqual([]));

  test.each([
    'python -W ignore -X dev -m uvicorn a:b',
    'python -u -m uvicorn a:b',
    'node --require ./a.js --import b node_modules/.bin/vite',
    'node --inspect=127.0.0.1 -r a node_modules/.bin/vite',
  ])('what an interpreter is given to run: %s', (command) =>
    expect(
      start(
        `command: [${command.split(' ').map((word) => JSON.stringify(word))}, --port=81, "--host=0.0.0.0"]`,
      ).open,
    ).toEqual(['81/TCP ipv4']),
  );

  test.each([
    ['node --inspect=0.0.0.0:9229 node_modules/.bin/vite --port 81 --host 0.0.0.0', '--inspect=0.0.0.0:9229'],
    ['java -javaagent:/jmx.jar=9404:/c.yaml -Dserver.port=81 -jar a.jar', '-javaagent:/jmx.jar'],
    [
      'java -agentlib:jdwp=transport=dt_socket,server=y,address=*:5005 -Dserver.port=81 -jar a.jar',
      '-agentlib:jdwp',
    ],
  ])('what may open a port beside: %s', (command, word) => {
    const { process } = start(`command: ${JSON.stringify(command.split(' '))}`);
    expect(process.listeners.map(({ port }) => port)).toEqual([81]);
    expect(doubtsOf(process).join()).toContain(`\`${word}\` in command of container web may open a port`);
  });

  test('an agent without settings opens none', () =>
    expect(
      doubtsOf(
        start('command: [java, "-javaagent:/otel.jar", -Dserver.port=81, -jar, a.jar]').process,
      ).join(),
    ).not.toContain('may open'));

  test.each(['npx vite@5', 'node node_modules/.bin/vite', './node_modules/.bin/vite', 'yarn exec vite'])(
    '%s',
    (command) =>
      expect(start(`command: [${command.split(' ').join(', ')}, --port=81, --host]`).open).toEqual([
        '81/TCP ipv4',
      ]),
  );

  test('env leaves what it does to the whole environment open', () => {
    const { open, process } = start('command: [env, -i, serve]');
    expect(open).toEqual([]);
    expect(doubtsOf(process)).toEqual(['`env -i` in command of container web is not followed']);
  });

  test.each(['npm start', 'npm run dev', 'yarn dev', 'pnpm run dev', 'bun run dev'])('%s', (command) =>
    expect(doubtsOf(start(`command: [${command.split(' ').join(', ')}]`).process)).toEqual([
      `\`${command}\` in command of container web runs a script of package.json, which is not in the input`,
    ]),
  );

  test.each(['/start.sh', 'node', 'sh', '$(X)', '""'])('another program: %s', (command) => {
    const { open, process } = start(`command: [${command}]`);
    expect(open).toEqual([]);
    expect(process).toMatchObject({ complete: false, fact: undefined });
    expect(doubtsOf(process)[0]).toMatch(/is not known$/);
  });
});

describe('shell scripts', () => {
  test.each([
    ['the last command', 'cd /app && mkdir -p x; exec serve -l 4000'],
    ['a variable that is set before it is read', 'P=4000; serve -l $P'],
    ['an exported variable', 'export PORT=4000 && serve'],
    ['an assignment in front', 'PORT=4000 exec serve'],
    ['a fallback', 'unused=1; serve -l ${NONE_SET:-4000}'],
    ['a split variable', 'ARGS="-l 4000"; serve $ARGS'],
    ['a group', '{ cd a; serve -l 4000; }'],
    ['a subshell', '(cd a && exec serve -l 4000)'],
    ['a server that is started again', 'while true; do serve -l 4000; sleep 1; done'],
    ['a loop that prepares', 'for f in a b; do mkdir -p $f; done; serve -l 4000'],
    ['a case that prepares', 'case $X in a) echo a;; *) echo b;; esac\nserve -l 4000'],
    ['a file that is written', 'cat > x <<EOF\nnext start\nEOF\nserve -l 4000'],
    ['output that goes elsewhere', 'exec 2>&1\nexec serve -l 4000'],
    ['modules and packages', 'apk add curl && python -m alembic upgrade head && serve -l 4000'],
    ['a loop that waits', 'until nc -z db 5432; do sleep 1; done; serve -l 4000'],
    ['a condition that prepares', 'if [ ! -f x ]; then cp a x; fi; serve -l 4000'],
    ['set -e, and a migration', 'set -e\npython manage.py migrate\nserve -l 4000'],
    ['wrapped preparation', 'bundle exec rails db:migrate && serve -l 4000'],
    ['a log that is copied', 'serve -l 4000 2>&1 | tee log'],
    ['a failure that is told', 'serve -l 4000 || exit 1'],
    ['in the background, waited for', 'serve -l 4000 & wait'],
    ['exec, and nothing after it', 'exec serve -l 4000; next start'],
    ['a script in a script', 'sh -c "serve -l 4000"'],
  ])('%s', (_, script) => expect(start(sh(script)).open).toEqual(PROVED));

  test.each([
    ['bash, -ec', 'a login or strict shell'],
    ['sh, -e, -c', 'flags apart'],
    ['bash, -o, pipefail, -c', 'an option with a value'],
    ['/bin/ash, -c', 'a path'],
  ])('[%s]: %s', (shell) => expect(start(`command: [${shell}, ${SERVE}]`).open).toEqual(PROVED));

  test('the script may be in args', () =>
    expect(start('command: [sh, -c], args: ["serve -l 4000"]').open).toEqual(PROVED));

  test('S-105 what the kubelet replaces is replaced before the shell reads it', () => {
    const env = 'env: [{ name: P, value: "4000" }]';
    expect(start(`${sh('serve -l $(P)')}, ${env}`).open).toEqual(PROVED);
    expect(start(`${sh('serve -l $P')}, ${env}`).open).toEqual(PROVED);
    expect(start(`${sh('serve -l "${P:-1}"')}, ${env}`).open).toEqual(PROVED);
  });

  test('S-101 what the kubelet leaves becomes a command for the shell', () =>
    expect(doubtsOf(start(`${sh('serve -l $(NOT_SET)')}`).process)).toEqual([
      'the value of `-l` in command of container web is not in the input',
    ]));

  test.each([
    ['one of two', 'if [ -f x ]; then exec serve; else exec next start; fi'],
    ['only after a failure', 'next start || serve'],
    ['a variable file', '. ./env; serve -l 4000'],
    ['a loop over words', 'for x in a b; do serve; done'],
    ['one of several', 'case $MODE in web) serve;; *) next start;; esac'],
  ])('not followed: %s', (_, script) => {
    const { open, process } = start(sh(script));
    expect(open).toEqual([]);
    expect(doubtsOf(process)).toContain('the shell script in command of container web is not followed');
  });

  test('a program beside it may open more', () => {
    const { open, process } = start(sh('./worker & serve -l 4000'));
    expect(open).toEqual(PROVED);
    expect(doubtsOf(process)).toEqual(['the program `./worker` in command of container web is not known']);
  });

  test.each([
    ['two', 'gunicorn -b :81 a:b & serve -l 4000', ['4000/TCP', '81/TCP']],
    ['in a subshell', '(cd a && gunicorn -b :81 a:b) & exec serve -l 4000', ['4000/TCP', '81/TCP']],
    [
      'each with what stands in front of it',
      'PORT=81 gunicorn a:b & PORT=4000 serve',
      ['4000/TCP', '81/TCP'],
    ],
    ['what opens nothing', 'tail -F log & cron -f & serve -l 4000', PROVED],
    ['what opens nothing behind it', 'serve -l 4000 & exec tail -f /dev/null', PROVED],
  ])('programs beside one another: %s', (_, script, open) => {
    const { open: found, process } = start(sh(script));
    expect(found).toEqual(open);
    expect(process.complete).toBe(true);
  });

  test('a program that is beside it sometimes leaves everything open', () =>
    expect(doubtsOf(start(sh('if [ -f x ]; then next start & fi; serve -l 4000')).process)).toEqual([
      '`next` in command of container web runs beside the program',
    ]));

  test('what stands in front of a command is that command’s alone', () =>
    expect(start(sh('PORT=81 alembic upgrade head; PORT=4000 serve')).open).toEqual(PROVED));

  test.each([
    ['[sh, -c, \'exec "$@"\', --, serve, -l, "4000"]', 'all arguments'],
    ['[sh, -c, \'"$0" "$@"\', serve, -l, "4000"]', 'the first too'],
    ['[bash, -c, "serve -l $1", x, "4000"]', 'one of them'],
    ['[sh, -c, --, "serve -l 4000"]', 'no flag behind --'],
  ])('%s: %s', (command) => expect(start(`command: ${command}`).open).toEqual(PROVED));

  test('a program before it may leave something running', () => {
    const { open, process } = start(sh('./prepare && serve -l 4000'));
    expect(open).toEqual(PROVED);
    expect(doubtsOf(process)).toEqual([
      'what `./prepare` in command of container web leaves running is not known',
    ]);
  });

  test('a fallback counts as long as the image does not set the variable', () => {
    const { open, process } = start(sh('serve -l ${PORT:-4000}'));
    expect(open).toEqual(PROVED);
    expect(doubtsOf(process)).toEqual([
      'ENV of the image can set PORT, which the script in command of container web reads',
    ]);
    const read = told(pod(`image: corp/app, ${sh('serve -l ${PORT:-4000}')}`), imageConfig());
    expect(read.process).toMatchObject({ complete: true, missing: [] });
  });

  test.each([
    ['${P:-4000}', ['4000/TCP']],
    ['${P-4000}', []],
  ])('an empty variable and %s', (port, open) =>
    expect(start(`${sh(`serve -l ${port}`)}, env: [{ name: P, value: "" }]`).open).toEqual(open),
  );

  test('a variable that is set in a branch is not known', () =>
    expect(start(sh('if [ -f x ]; then P=4000; fi; serve -l $P')).open).toEqual([]));

  test('a variable that is not exported does not reach the program', () => {
    expect(start(sh('PORT=4000; serve')).open).toEqual(['3000/TCP']);
    expect(start(`${sh('PORT=4000; serve')}, env: [{ name: PORT, value: "1" }]`).open).toEqual(PROVED);
  });

  test('a Secret is never shown', () => {
    const env =
      'env: [{ name: W, valueFrom: { secretKeyRef: { name: s, key: w } } }, { name: P, valueFrom: { secretKeyRef: { name: s, key: p } } }]';
    const objects = secret('s', 'w: hunter2, p: "4000"');
    for (const script of [
      'serve -l $W',
      'serve -l $(W)',
      '$(W)',
      'exec $W',
      'A=$W; serve -l $A',
      'export PORT=$(W); serve',
      'PORT=$(W) serve',
      'vite $(W)',
      'vite $W',
      './x $(W); serve',
      'X=$(W) next start -H $(W)',
      './hunter $W & serve',
    ]) {
      const { process } = start(`${sh(script)}, ${env}`, objects);
      expect(JSON.stringify(doubtsOf(process)) + JSON.stringify(howKnown(process))).not.toContain('hunter2');
    }
    for (const script of ['serve -l $P', 'serve -l $(P)']) {
      const { open, process } = start(`${sh(script)}, ${env}`, objects);
      expect(open).toEqual(PROVED);
      expect(howKnown(process)[0]).toBe('-l=4000 in command of container web');
    }
    expect(doubtsOf(start(`command: [env, PORT=$(W), serve], ${env}`, objects).process)).toEqual([
      'PORT from command of container web is not a port number',
    ]);
    expect(doubtsOf(start(`command: [vite, $(W)], ${env}`, objects).process)).toEqual([
      '`$(W)` in command of container web is not known for vite',
    ]);
    expect(
      doubtsOf(start(`command: [uvicorn, $(W), -x, $(W)], ${env}`, objects).process).join(),
    ).not.toContain('hunter2');
  });

  test('the place to point at is the script', () => {
    const { process } = start(sh('exec serve -l 4000'));
    expect(textOf(process.listeners[0]!.at!)).toBe('"exec serve -l 4000"');
  });
});

describe('ENTRYPOINT and CMD of the image', () => {
  const image = imageConfig({ entrypoint: ['tini', '--'], cmd: ['serve', '-l', '4000'] });
  const open = (container: string, config = image): readonly string[] =>
    told(pod(`image: corp/app${container}`), config).open;

  test('S-105 they are what runs when the manifest names nothing', () => {
    expect(open('')).toEqual(PROVED);
    const { process } = told(pod('image: corp/app'), image);
    expect(process.complete).toBe(true);
    expect(howKnown(process)[0]).toBe('-l=4000 in CMD of Dockerfile');
    expect(process.listeners[0]!.at).toBeUndefined();
  });

  test('S-105 args replace CMD alone, command replaces both', () => {
    expect(open(', args: [serve, -l, "81"]')).toEqual(['81/TCP']);
    expect(open(', command: [serve]')).toEqual(['3000/TCP']);
    expect(open(', command: [serve], args: [-l, "82"]')).toEqual(['82/TCP']);
  });

  test('S-105 nothing in them is replaced', () =>
    expect(open(', env: [{ name: P, value: "81" }]', imageConfig({ cmd: ['serve', '-l', '$(P)'] }))).toEqual(
      [],
    ));

  test('S-092 ENV of the image is read', () => {
    const config = imageConfig({ cmd: ['serve'], env: new Map([['PORT', '81']]) });
    expect(open('', config)).toEqual(['81/TCP']);
    expect(howKnown(told(pod('image: corp/app'), config).process)[0]).toBe(
      'PORT=81 from ENV of Dockerfile, which serve reads; default 3000',
    );
    expect(open(', env: [{ name: PORT, value: "82" }]', config)).toEqual(['82/TCP']);
  });

  test('args without a known ENTRYPOINT leave a doubt', () => {
    const { open, process } = told(pod('image: corp/app, args: [serve, -l, "4000"]'));
    expect(open).toEqual(PROVED);
    expect(doubtsOf(process)).toEqual(['the ENTRYPOINT of the image corp/app is not known']);
    const base = imageConfig({ cmd: ['serve', '-l', '81'], complete: false, base: 'node:22' });
    expect(doubtsOf(told(pod('image: corp/app'), base).process)).toEqual([
      'the ENTRYPOINT of the image node:22 is not known',
    ]);
  });

  test('EXPOSE is a hint', () => {
    const config = imageConfig({ cmd: ['./app'], exposed: [{ port: 81, protocol: 'TCP' }] });
    const { process } = told(pod('image: corp/app'), config);
    expect(process.listeners).toEqual([]);
    expect(process.missing.map(({ kind }) => kind)).toEqual(['program', 'image']);
    expect(doubtsOf(process)).toEqual([
      'the program `./app` in CMD of Dockerfile is not known',
      'the image says EXPOSE 81, which proves nothing by itself',
    ]);
  });
});

describe('images with facts', () => {
  test.each([
    "sed -i 's/80;/8081;/' /etc/nginx/conf.d/default.conf && nginx -g 'daemon off;'",
    'envsubst < /t/shop.template > /etc/nginx/conf.d/default.conf && exec nginx',
    'rm -f /etc/nginx/conf.d/*; nginx',
    'cd /etc/nginx; cp /shop/shop.conf conf.d; nginx',
    'cp /shop/shop.conf "$WHERE"; nginx',
    'envsubst < /t/shop.template > conf.d/default.conf; nginx',
    'echo | tee conf.d/shop.conf; nginx',
  ])('%s: what a script writes may move the port', (script) => {
    const { process } = told(pod(`image: nginx, ${sh(script)}, env: [{ name: WHERE, ${HIDDEN} }]`));
    expect(process.complete).toBe(false);
  });

  test.each([
    'mkdir -p /var/cache/shop && nginx',
    'cp /shop/index.html /usr/share/nginx/html/ 2>&1 && nginx',
    'sed -i s/API/api/ /usr/share/nginx/html/index.html > /dev/null; exec nginx',
  ])('%s: what is written elsewhere does not', (script) => {
    const { open, process } = told(pod(`image: nginx, ${sh(script)}`));
    expect(open).toEqual(['80/TCP']);
    expect(process.complete).toBe(true);
  });

  test('their own program, however it is wrapped', () => {
    for (const command of [
      '[sh, -c, exec redis-server --port 6380]',
      '[docker-entrypoint.sh, redis-server, --port, "6380"]',
      '[gosu, redis, redis-server, --port, "6380"]',
    ]) {
      expect(told(pod(`image: redis, command: ${command}`)).open).toEqual(['6380/TCP']);
    }
  });

  test('a framework instead of it', () =>
    expect(told(pod('image: nginx, command: [python, -m, http.server, "81"]')).open).toEqual(['81/TCP']));
});

test('whatever is started, reading ends and answers', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'sh',
      '-c',
      'exec',
      'env',
      'A=1',
      'npx',
      '--',
      'flask',
      'run',
      'vite',
      '--port',
      '3000',
      '-p1',
    ),
    fc.constantFrom(
      '$(P)',
      '$P',
      '${P:-1}',
      'a && b',
      'x & y',
      'if',
      'then',
      'fi',
      'export P=1; serve',
      'uv run',
    ),
  );
  const words = fc.array(word, { maxLength: 8 });
  fc.assert(
    fc.property(fc.option(words), fc.option(words), words, (command, args, script) => {
      for (const given of [command, ['sh', '-c', script.join(' ')]]) {
        const { process } = start(
          `command: ${JSON.stringify(given)}, args: ${JSON.stringify(args)}, env: [{ name: P, value: "1" }]`,
        );
        expect(process.complete).toBe(doubtsOf(process).length === 0);
        expect(process.fact !== undefined || doubtsOf(process).length > 0).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
