import { describe, expect, test } from 'vitest';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { howKnown } from '../../testing/how-known.ts';
import { textOf } from '../../text/source.ts';
import { imageConfig, pod, secret, type Told, told } from '../testing-containers.ts';

const MAIN = '/etc/supervisord.conf';

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

/** Files under the directories that they are mounted at, one ConfigMap for each. */
const mounted = (files: Readonly<Record<string, Readonly<Record<string, string>>>>) => {
  const all = Object.entries(files).map(([directory, data], index) => ({
    directory,
    data,
    name: `c${index}`,
  }));
  return {
    volumeMounts: all.map(({ directory, name }) => `{ name: ${name}, mountPath: ${directory} }`).join(', '),
    volumes: all.map(({ name }) => `{ name: ${name}, configMap: { name: ${name} } }`).join(', '),
    objects: all
      .map(
        ({ name, data }) =>
          `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n${Object.entries(data)
            .map(([key, text]) => `  ${key}: |\n${indented(`${text}\n`)}`)
            .join('')}`,
      )
      .join(''),
  };
};

const supervised = (
  text: string,
  {
    command = '[supervisord, -n, -c, /conf/supervisord.conf]',
    more = '',
    files = {},
    image = imageConfig(),
  } = {},
): Told => {
  const { volumeMounts, volumes, objects } = mounted({
    '/conf': { 'supervisord.conf': `[supervisord]\nnodaemon=true\n${text}` },
    ...files,
  });
  return told(
    pod(
      `image: corp/app, ports: [{ containerPort: 1 }], command: ${command}, volumeMounts: [${volumeMounts}]${more && `, ${more}`}`,
      `volumes: [${volumes}]`,
    ) + objects,
    image,
  );
};

const UVICORN = 'uvicorn app:app --host 0.0.0.0';

describe('what supervisord starts', () => {
  test.each<[what: string, text: string, open: string[]]>([
    ['one program', `[program:web]\ncommand=${UVICORN} --port 81`, ['81/TCP ipv4']],
    [
      'an absolute path, and a colon',
      `[program:web]\ncommand: /venv/bin/${UVICORN} --port 81`,
      ['81/TCP ipv4'],
    ],
    [
      'two programs',
      `[program:a]\ncommand=${UVICORN} --port 81\n[program:b]\ncommand=gunicorn -b :82 a:b`,
      ['81/TCP ipv4', '82/TCP'],
    ],
    [
      'cron beside it',
      `[program:a]\ncommand=${UVICORN} --port 81\n[program:cron]\ncommand=cron -f`,
      ['81/TCP ipv4'],
    ],
    [
      'a command over two lines',
      `[program:web]\ncommand=uvicorn app:app\n  --host 0.0.0.0 --port 81\nuser=app`,
      ['81/TCP ipv4'],
    ],
    ['a comment behind it', `[program:web]\ncommand=${UVICORN} --port 81 ; --port 82`, ['81/TCP ipv4']],
    [
      'a program that is not started',
      `[program:a]\ncommand=${UVICORN} --port 81\n[program:b]\ncommand=gunicorn -b :82 a:b\nautostart=False`,
      ['81/TCP ipv4'],
    ],
    ['a shell', `[program:web]\ncommand=bash -c "cd /app && exec ${UVICORN} --port 81"`, ['81/TCP ipv4']],
    ['wrappers', `[program:web]\ncommand=gosu app poetry run ${UVICORN} --port '81'`, ['81/TCP ipv4']],
    [
      'several processes',
      `[program:web]\ncommand=${UVICORN} --port 80%(process_num)02d\nnumprocs=2\nnumprocs_start=1\nprocess_name=%(program_name)s_%(process_num)02d`,
      ['8001/TCP ipv4', '8002/TCP ipv4'],
    ],
    [
      'a web page of its own',
      `[inet_http_server]\nport=*:9001\n[program:web]\ncommand=${UVICORN} --port 81`,
      ['9001/TCP', '81/TCP ipv4'],
    ],
    [
      'a web page on loopback',
      `[inet_http_server]\nport=127.0.0.1:9001\n[program:web]\ncommand=${UVICORN} --port 81`,
      ['9001/TCP loopback', '81/TCP ipv4'],
    ],
    ['a socket for FastCGI', `[fcgi-program:php]\nsocket=tcp://0.0.0.0:9000\ncommand=cat`, ['9000/TCP']],
    [
      'a variable of the program',
      `[program:web]\ncommand=${UVICORN}\nenvironment=UVICORN_PORT="81",LANG=C`,
      ['81/TCP ipv4'],
    ],
    [
      'a variable of all programs',
      `environment=UVICORN_PORT=81\n[program:web]\ncommand=${UVICORN}`,
      ['81/TCP ipv4'],
    ],
    [
      'a program’s over that of all',
      `environment=UVICORN_PORT=82\n[program:web]\nenvironment=UVICORN_PORT='81'\ncommand=${UVICORN}`,
      ['81/TCP ipv4'],
    ],
    ['no shell reads it', `[program:web]\ncommand=gunicorn -b :81 a:b && true`, ['81/TCP']],
  ])('%s', (_, text, open) => {
    const { open: found, process } = supervised(text);
    expect(found).toEqual(open);
    expect(process.complete).toBe(true);
  });

  test('the container’s variables, and what its own name for them is', () => {
    const more = 'env: [{ name: WEB, value: "81" }, { name: UVICORN_PORT, value: "82" }]';
    const text = `[program:a]\ncommand=${UVICORN} --port %(ENV_WEB)s\n[program:b]\ncommand=${UVICORN}`;
    expect(supervised(text, { more }).open).toEqual(['81/TCP ipv4', '82/TCP ipv4']);
  });

  test('`$(WEB)` is the kubelet’s alone', () => {
    const more = 'env: [{ name: WEB, value: "81" }]';
    const { open, process } = supervised(`[program:a]\ncommand=${UVICORN} --port $(WEB)`, { more });
    expect(open).toEqual([]);
    expect(process.complete).toBe(false);
  });

  test('what is found says where it stands', () => {
    const { process } = supervised(`[program:web]\ncommand=${UVICORN} --port 81`);
    const [listener] = process.listeners;
    expect(howKnown(process)).toEqual([
      '--port=81 in [program:web] of supervisord.conf of ConfigMap shop/c0',
    ]);
    expect(listener?.at && textOf(listener.at)).toBe(`command=${UVICORN} --port 81`);
  });

  test('files that it includes', () => {
    const text = '[include]\nfiles = conf.d/*.conf';
    const found = supervised(text, {
      files: {
        '/conf/conf.d': {
          'b.conf': '[program:b]\ncommand=gunicorn -b :82 a:b',
          'a.txt': '[program:a]\ncommand=gunicorn -b :83 a:b',
        },
      },
    });
    expect(found.open).toEqual(['82/TCP']);
    expect(found.process.complete).toBe(true);
    const { open, process } = supervised(
      `${text} /etc/more/*.conf\n[program:b]\ncommand=gunicorn -b :82 a:b`,
    );
    expect(open).toEqual(['82/TCP']);
    expect(doubtsOf(process)).toEqual([
      '`supervisord` may start more programs out of /etc/more/*.conf, which the input does not hold',
    ]);
  });

  test('a folder that the image’s own file includes', () => {
    const { volumeMounts, volumes, objects } = mounted({
      '/etc/supervisor/conf.d': { 'web.conf': '[program:web]\ncommand=gunicorn -b :81 a:b' },
    });
    const { open, process } = told(
      pod(
        `image: corp/app, command: [/usr/bin/supervisord], volumeMounts: [${volumeMounts}]`,
        `volumes: [${volumes}]`,
      ) + objects,
    );
    expect(open).toEqual(['81/TCP']);
    expect(process.complete).toBe(false);
  });

  test('without -c, where Debian and pip have it', () => {
    const { volumeMounts, volumes, objects } = mounted({
      '/etc/supervisor': { 'supervisord.conf': '[program:web]\ncommand=gunicorn -b :81 a:b' },
    });
    const text =
      pod(
        `image: corp/app, command: [supervisord, -n], volumeMounts: [${volumeMounts}]`,
        `volumes: [${volumes}]`,
      ) + objects;
    expect(told(text).open).toEqual(['81/TCP']);
    const named = told(text.replace('-n', `-c, ${MAIN}`));
    expect(named.open).toEqual([]);
    expect(doubtsOf(named.process)[0]).toContain('which is not read');
  });

  test.each([
    [
      'a program that is not known',
      '[program:a]\ncommand=gunicorn -b :81 a:b\n[program:b]\ncommand=/start.sh',
      '`/start.sh` in [program:b] of ',
    ],
    [
      'a variable that the input lacks',
      '[program:a]\ncommand=gunicorn -b :81 a:b\n[program:b]\ncommand=gunicorn -b :%(ENV_NONE)s a:b',
      'is not in the input',
    ],
    [
      'a lone %',
      '[program:a]\ncommand=gunicorn -b :81 a:b\n[program:b]\ncommand=gunicorn -b :82 --log 5% a:b',
      '',
    ],
    [
      'an environment that is cut off',
      '[program:a]\ncommand=gunicorn -b :81 a:b\n[program:b]\ncommand=gunicorn -b :82 a:b\nenvironment=A="x',
      '',
    ],
  ])('%s leaves the others', (_, text, why) => {
    const { open, process } = supervised(text);
    expect(open).toContain('81/TCP');
    expect(process.complete).toBe(false);
    expect(doubtsOf(process).join()).toContain(why);
  });

  test('of a Secret nothing is shown', () => {
    const key = 'hidden-word';
    const { process } = told(
      pod(
        'image: corp/app, command: [supervisord, -c, /s/a.conf], volumeMounts: [{ name: s, mountPath: /s }]',
        'volumes: [{ name: s, secret: { secretName: s } }]',
      ) + secret('s', `"a.conf": "[program:web]\\ncommand=${key} -b :81\\n[include]\\nfiles=/${key}/*"`),
    );
    expect(process.complete).toBe(false);
    expect(JSON.stringify(doubtsOf(process))).not.toContain(key);
  });
});
