import { expect, test } from 'vitest';
import { doubtsOf } from '../testing/doubts-of.ts';
import { pod, type Told, told } from './testing-containers.ts';

const start = (line: string, env: string): Told => {
  const command = line.match(/'[^']*'|\S+/g)!.map((word) => JSON.stringify(word.replaceAll("'", '')));
  return told(
    pod(`image: corp/app, ports: [{ containerPort: 1 }], command: [${command}]${env && `, env: [${env}]`}`),
  );
};

const variable = (name: string, value: string): string => `{ name: ${name}, value: "${value}" }`;

test.each([
  ['fastapi run app/main.py --port 80', ['80/TCP']],
  ['fastapi run app/main.py', ['8000/TCP']],
  ['fastapi dev', ['8000/TCP loopback']],
  ['deno serve main.ts', ['8000/TCP']],
  ['deno serve --port=81 --host=127.0.0.1 main.ts', ['81/TCP loopback']],
  ['hugo server --bind 0.0.0.0 -p 81', ['81/TCP ipv4']],
  ['jupyter lab --ip=0.0.0.0 --port=9999 --no-browser', ['9999/TCP ipv4']],
  ['jupyter-notebook --NotebookApp.port=81 --ip 0.0.0.0', ['81/TCP ipv4']],
  ['celery -A proj flower --port=81', ['81/TCP']],
  ['chroma run --host 0.0.0.0 --port 81', ['81/TCP ipv4']],
  ['chroma run', ['8000/TCP loopback']],
  ['inngest start -p 81', ['81/TCP']],
  ['npx nuxi preview --port 81', ['81/TCP']],
  ['npx nuxi dev --port 81', ['81/TCP loopback']],
  ['php artisan octane:start --server=swoole --host=0.0.0.0 --port=81', ['81/TCP ipv4']],
  ['bundle exec rackup -o 0.0.0.0 -p 81', ['81/TCP ipv4']],
  ['bundle exec puma -p 81', ['81/TCP']],
  ['puma -b tcp://127.0.0.1:81', ['81/TCP loopback']],
  ['bundle exec unicorn -p 81', ['81/TCP']],
  ['thin start -a 127.0.0.1 -p 81', ['81/TCP loopback']],
  ['storybook dev -p 81', ['81/TCP']],
  ['symfony server:start --port=81 --allow-all-ip', ['81/TCP ipv4']],
  ['symfony serve --port=81', ['81/TCP loopback']],
  ['uwsgi --http 0.0.0.0:81 --module app:app', ['81/TCP ipv4']],
  ['uwsgi --http-socket :81 --socket :82', ['81/TCP', '82/TCP']],
  ['vllm serve m --host 0.0.0.0 --port 81', ['81/TCP ipv4']],
  ['python3 -m vllm.entrypoints.openai.api_server --port 81', ['81/TCP']],
  ['vue-cli-service serve --port 81', ['81/TCP']],
  ['wrangler dev --ip 0.0.0.0 --port 81', ['81/TCP ipv4']],
  ['wrangler dev', ['8787/TCP loopback']],
  ['caddy reverse-proxy --from :81 --to localhost:9000', ['81/TCP']],
  ['caddy file-server --listen :81', ['81/TCP']],
  ['java -Xmx512m -Dserver.port=81 -jar app.jar', ['81/TCP']],
  ['java -Dquarkus.http.port=81 -jar quarkus-run.jar', ['81/TCP']],
  ['java -Dmicronaut.server.port=81 -jar app.jar', ['81/TCP']],
  ['java -cp /app/lib/* com.acme.Main --server.port=81', ['81/TCP']],
  ['java -jar app.jar --server.port=81 --management.server.port=82', ['81/TCP', '82/TCP']],
  ['redis-server --port 81 --bind 0.0.0.0', ['81/TCP ipv4']],
  ['mongod --port 81 --bind_ip_all', ['81/TCP ipv4']],
  ['memcached -p 81', ['81/TCP']],
  ['nats-server -p 81 -m 82', ['81/TCP', '82/TCP']],
  ['minio server /data --console-address :82', ['9000/TCP', '82/TCP']],
  ['mkdocs serve -a 0.0.0.0:81', ['81/TCP ipv4']],
  ['jekyll serve', ['4000/TCP loopback']],
])('%s', (line, open) => expect(start(line, '').open).toEqual(open));

test.each([
  ['node ./dist/server/entry.mjs', 'PORT', '81', ['81/TCP loopback']],
  ['react-router-serve ./build/server/index.js', 'PORT', '81', ['81/TCP']],
  ['flask --app hello run --host=0.0.0.0', 'FLASK_RUN_PORT', '81', ['81/TCP ipv4']],
  ['dotnet App.dll', 'ASPNETCORE_URLS', 'http://+:81', ['81/TCP']],
  ['java -jar app.jar', 'QUARKUS_HTTP_PORT', '81', ['81/TCP']],
  ['java -jar app.jar', 'MICRONAUT_SERVER_PORT', '81', ['81/TCP']],
  ['ollama serve', 'OLLAMA_HOST', '0.0.0.0:81', ['81/TCP ipv4']],
  ['ollama serve', 'OLLAMA_HOST', '0.0.0.0', ['11434/TCP ipv4']],
  ['celery flower', 'FLOWER_PORT', '81', ['81/TCP']],
])('%s with %s=%s', (line, name, value, open) => {
  const { process, open: found } = start(line, variable(name, value));
  expect(found).toEqual(open);
  expect(doubtsOf(process)).toEqual([]);
});

test.each([
  'dockerize -wait tcp://db:5432 -timeout 60s',
  'newrelic-admin run-program',
  'opentelemetry-instrument --traces_exporter console',
  'ddtrace-run',
  'wait-for-it.sh db:5432 -t 30 --',
  '/wait-for db:5432 --',
  'doppler run --command x --',
  'cross-env A=1',
  'conda run -n web --no-capture-output',
  'chpst -u app',
  'sudo -u app',
])('%s starts what comes after it', (wrapper) =>
  expect(start(`${wrapper} gunicorn -b 0.0.0.0:81 app:app`, '').open).toEqual(['81/TCP ipv4']),
);

test.each([
  "sh -c '. /venv/bin/activate && exec gunicorn -b :81 app:app'",
  "bash -c 'source /opt/venv/bin/activate; gunicorn -b :81 app:app'",
  "sh -c './wait-for-it.sh db:5432 && gunicorn -b :81 app:app'",
  "doppler run --command 'gunicorn -b :81 app:app'",
  "infisical run --env=prod --command 'flask db upgrade && gunicorn -b :81 app:app'",
])('%s', (line) => {
  const { process, open } = start(line, '');
  expect(open).toEqual(['81/TCP']);
  expect(doubtsOf(process)).toEqual([]);
});

test('a wrapper that is given nothing to start starts nothing', () =>
  expect(start('wait-for-it.sh db:5432', '').open).toEqual([]));
