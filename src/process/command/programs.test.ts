import { describe, expect, test } from 'vitest';
import { frameworkFacts } from '../../knowledge/lookup.ts';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { pod, told } from '../testing-containers.ts';

/** A command line as people write it, `NAME=value` words before it being env of the container, and its sockets. */
const CASES: readonly [command: string, open: string][] = [
  ['fastapi run app/main.py', '8000'],
  ['fastapi run app/main.py --port 80', '80'],
  ['PORT=81 fastapi run', '81'],
  ['PORT=81 fastapi run --host=127.0.0.1', '81 loopback'],
  ['fastapi dev main.py --port=81', '81 loopback'],
  ['granian --interface asgi app:app', '8000 loopback'],
  ['GRANIAN_PORT=81 GRANIAN_HOST=0.0.0.0 granian app:app', '81 ipv4'],
  ['granian app:app --metrics --host 0.0.0.0 --port 81', '81 ipv4 9090 loopback'],
  ['granian --metrics --metrics-address 0.0.0.0 --metrics-port 82 --host :: app:app', '8000 ipv6 82 ipv4'],
  ['gunicorn -b 0.0.0.0 a:b', '8000 ipv4'],
  ['python -m http.server --bind=127.0.0.1 81', '81 loopback'],
  ['python -m http.server 81 --bind 0.0.0.0', '81 ipv4'],
  ['gunicorn -b unix:/x.sock -b :81 a:b', '81'],
  ['hypercorn -b 0.0.0.0 --insecure-bind :82 --certfile c --keyfile k a:b', '8000 ipv4 82'],
  ['hypercorn -b :81 --insecure-bind :82 a:b', '81'],
  ['puma -p 81 -b tcp://0.0.0.0:82', '81 82 ipv4'],
  ['puma -b ssl://0.0.0.0:81?key=k&cert=c', '81 ipv4'],
  ['puma -p 81 --control-url tcp://127.0.0.1:9293', '81 9293 loopback'],
  ['puma -p 81 --control-url auto', '81'],
  ['uwsgi --http :81 --stats :82 --module a', '81 82'],
  ['uwsgi --fastcgi-socket :81 --module a', '81'],
  ['celery -A proj flower --port=8080', '8080'],
  ['celery -A proj --broker=redis://r flower --address=0.0.0.0', '5555 ipv4'],
  ['jupyter lab --ip=0.0.0.0 --port=9999 --no-browser', '9999 ipv4'],
  ['jupyter notebook --ip * --ServerApp.port=81', '81'],
  ['start-notebook.sh --port=81', '81 loopback'],
  ['uwsgi --http 0.0.0.0:5000 --module app:app', '5000 ipv4'],
  ['uwsgi --http-socket :81 -s 127.0.0.1:3031 --wsgi-file app.py --master', '81 3031 loopback'],
  ['uwsgi --ini uwsgi.ini --http :81', ''],
  ['airflow webserver -p 81', '81'],
  ['airflow api-server --port=81', '81'],
  ['AIRFLOW__WEBSERVER__WEB_SERVER_PORT=81 airflow webserver', '81'],
  ['airflow celery flower --port=81', '81'],
  ['bentoml serve service:svc -p 81', '81'],
  ['BENTOML_PORT=81 bentoml serve', '81'],
  ['vllm serve m --host 0.0.0.0 --port 81', '81 ipv4'],
  ['python3 -m vllm.entrypoints.openai.api_server --model m', '8000'],
  ['python -m sglang.launch_server --model-path m', '30000 loopback'],
  ['chroma run --host 0.0.0.0 --port 81', '81 ipv4'],
  ['chroma run --path /data', '8000 loopback'],
  ['mkdocs serve', '8000 loopback'],
  ['mkdocs serve -a 0.0.0.0:81', '81 ipv4'],
  ['sanic server.app -H 0.0.0.0 -p 81', '81 ipv4'],
  ['litestar --app app:app run', '8000 loopback'],
  ['quart run', '5000 loopback'],
  ['python -m aiohttp.web -H 0.0.0.0 -P 81 pkg:init', '81 ipv4'],
  ['bokeh serve app.py --port 81', '81'],
  ['chainlit run app.py -h --host 0.0.0.0', '8000 ipv4'],
  ['dagster-webserver -h 0.0.0.0 -p 81 -w workspace.yaml', '81 ipv4'],
  ['prefect server start', '4200 loopback'],
  ['tensorboard --logdir /logs --bind_all', '6006 ipv4'],
  ['locust -f locustfile.py --web-port 81', '81'],
  ['datasette serve a.db -h 0.0.0.0', '8001 ipv4'],
  ['flask --app hello run -p81 -h 0.0.0.0', '81 ipv4'],
  ['FLASK_RUN_PORT=81 FLASK_RUN_HOST=0.0.0.0 flask run', '81 ipv4'],
  ['GUNICORN_CMD_ARGS=--bind=0.0.0.0:81 gunicorn app:app', '81 ipv4'],
  ['GUNICORN_CMD_ARGS=--bind=0.0.0.0:81 gunicorn -b :82 app:app', '82'],
  ['PORT=81 react-router-serve ./build/server/index.js', '81'],
  ['PORT=81 HOST=127.0.0.1 remix-serve build', '81 loopback'],
  ['react-router dev --host', '5173 ipv4'],
  ['PORT=81 HOST=0.0.0.0 node ./dist/server/entry.mjs', '81 ipv4'],
  ['astro preview --host 0.0.0.0 --port 81', '81 ipv4'],
  ['NUXT_PORT=81 PORT=82 nuxi dev --host', '81 ipv4'],
  ['PORT=82 vue-cli-service serve --port 81', '81'],
  ['PORT=81 vue-cli-service serve', '81'],
  ['gatsby develop -H 0.0.0.0 -p 81', '81 ipv4'],
  ['gatsby serve', '9000 loopback'],
  ['storybook dev -p 7007', '7007'],
  ['SBCONFIG_PORT=81 storybook dev -p 7007 --no-open', '81'],
  ['wrangler dev --ip 0.0.0.0 --port 81', '81 ipv4'],
  ['npx wrangler pages dev dist', '8788 loopback'],
  ['deno serve main.ts', '8000'],
  ['deno serve --allow-net --port=81 --host 127.0.0.1 main.ts', '81 loopback'],
  ['PORT=81 react-scripts start', '81'],
  ['docusaurus serve -h 0.0.0.0 -p 81', '81 ipv4'],
  ['vitepress dev docs --host', '5173 ipv4'],
  ['vitepress preview docs --port 81', '81'],
  ['sirv public --host --port 81', '81 ipv4'],
  ['PORT=81 sirv public --port 82', '81 loopback'],
  ['PORT=81 NITRO_PORT=82 NUXT_PORT=83 nuxt dev', '83 loopback'],
  ['QUART_RUN_PORT=81 quart run', '81 loopback'],
  ['IP=127.0.0.1 live-server --port=81', '81 loopback'],
  ['live-server --port 81', ''],
  ['PORT=81 json-server db.json', ''],
  ['LOCUST_HEADLESS=true locust -f load.py', ''],
  ['celery -A shop flower --port 81', ''],
  ['parcel serve index.html -p 81', '81'],
  ['rsbuild preview --port 81', '81 loopback'],
  ['rsbuild preview --port 81 --host', '81 ipv4'],
  ['hexo server -p 81', '81'],
  ['prisma studio -p 81', '81'],
  ['serve -s build -p 81', '81'],
  ['serve -s build -l tcp://0.0.0.0:81', '81 ipv4'],
  ['bundle exec unicorn -p 3000', '3000'],
  ['unicorn -l 127.0.0.1:81', '81 loopback'],
  ['bundle exec rackup -o 0.0.0.0 -p 81', '81 ipv4'],
  ['rackup -p 81', '81 loopback'],
  ['rackup -o 0.0.0.0 -E development', '9292 ipv4'],
  ['rackup -E staging', '9292 ipv4'],
  ['RACK_ENV=production rackup', '9292 ipv4'],
  ['RAILS_ENV=staging rails s', '3000 ipv4'],
  ['bundle exec jekyll serve --host 0.0.0.0 -P 81', '81 ipv4'],
  ['thin start -p 81', '81'],
  ['passenger start -p 81', '81'],
  ['./bin/thrust ./bin/rails server', '80'],
  ['HTTP_PORT=81 bin/thrust bin/rails server', '81'],
  ['php artisan octane:start --server=swoole --host=0.0.0.0 --port=9000', '9000 ipv4'],
  ['OCTANE_PORT=81 php artisan octane:frankenphp', '81 loopback'],
  ['symfony server:start --port=81 --allow-all-ip', '81 ipv4'],
  ['symfony serve --allow-all-ip --port=81 --no-tls', '81 ipv4'],
  ['symfony serve --listen-ip=0.0.0.0', '8000 ipv4'],
  ['frankenphp php-server --listen :81 -r public', '81'],
  ['frankenphp php-server --domain a.example', ''],
  ['rr serve -o http.address=0.0.0.0:81', '81 ipv4'],
  ['rr serve -o server.command=php -c .rr.yaml', ''],
  ['java -Dquarkus.http.port=81 -jar quarkus-run.jar', '81'],
  ['QUARKUS_HTTP_PORT=81 java -jar quarkus-run.jar', '81'],
  ['QUARKUS_HTTP_PORT=82 java -Dquarkus.http.port=81 -jar quarkus-run.jar', '81'],
  ['./application -Dquarkus.http.host=0.0.0.0 -Dquarkus.http.port=81', '81 ipv4'],
  ['QUARKUS_HTTP_PORT=81 /work/shop-runner -Dquarkus.http.host=0.0.0.0', '81 ipv4'],
  ['mvn quarkus:dev -Dquarkus.http.port=81', ''],
  ['java -Dquarkus.http.ssl-port=84 -Dquarkus.http.port=81 -jar quarkus-run.jar', '81 84'],
  ['java -Dmicronaut.server.port=81 -jar app.jar', '81'],
  ['java -jar app.jar -Dserver.port=81', ''],
  ['java -cp lib com.example.Shop -Dserver.port=81', ''],
  ['java -cp lib -Dserver.port=81 com.example.Shop', '81'],
  ['java -jar app.jar --server.port 81', ''],
  ['java -jar app.jar -port 81', ''],
  ['java -Dserver.port=81 -Dserver.host=127.0.0.1 -jar helidon.jar', '81 loopback'],
  ['java -jar app.jar -micronaut.server.port=81', '81'],
  ['java -Dhelidon.config.profile=prod -Dserver.port=81 -jar app.jar', '81'],
  ['java -jar app.jar -port=81', '81'],
  ['java -jar app.jar -P:ktor.deployment.port=81', '81'],
  ['java -jar app.jar -P:ktor.deployment.port=82 -port=81 -host=127.0.0.1', '81 loopback'],
  ['java -Ddw.server.applicationConnectors[0].port=81 -jar app.jar server config.yml', '81'],
  ['java -Dhttp.port=81 -cp lib/* play.core.server.ProdServerStart', '81'],
  ['java -Xmx512m -Dserver.port=81 -jar /app/app.jar', '81'],
  ['java -Dserver.port=82 -jar app.jar --server.port=81', '81'],
  ['java -jar app.jar --server.port=81 --management.server.port=82', '81 82'],
  ['SERVER_PORT=81 java -jar app.jar', '81'],
  ['SERVER_PORT=5432 SERVER_HOST=db java -jar client.jar', ''],
  ['JAVA_TOOL_OPTIONS=-Dserver.port=81 java -jar app.jar', '81'],
  ['java -cp app:lib org.springframework.boot.loader.launch.JarLauncher --server.port=81', '81'],
  ['java -jar jenkins.war --httpPort=81', ''],
  ['dotnet App.dll --urls http://0.0.0.0:81', '81 ipv4'],
  ['dotnet App.dll --urls=http://localhost:81;http://+:82', '81 loopback 82'],
  ['ASPNETCORE_URLS=http://+:81 dotnet App.dll', '81'],
  ['ASPNETCORE_URLS=http://web:81 dotnet App.dll', '81'],
  ['ASPNETCORE_HTTP_PORTS=82 ASPNETCORE_URLS=http://*:81 dotnet App.dll', '81'],
  ['ASPNETCORE_HTTP_PORTS=81;82 dotnet App.dll', '81 82'],
  ['DOTNET_URLS=http://*:82 ASPNETCORE_URLS=http://*:83 dotnet App.dll --urls http://*:81', '81'],
  ['caddy reverse-proxy --from :81 --to localhost:9000', '81'],
  ['caddy reverse-proxy --from a.example:81 --to :9000', ''],
  ['caddy file-server --listen :81 --root /srv', '81'],
  ['caddy file-server', '80'],
  ['caddy respond -l :81 hello', '81'],
  ['caddy respond hello', ''],
  ['nuxi preview --port 81', '81'],
  ['inngest start -p 81', '81'],
  ['hugo server --bind 0.0.0.0 -p 81', '81 ipv4'],
  ['hugo server -D', '1313 loopback'],
  ['redis-server --port 81 --bind 0.0.0.0', '81 ipv4'],
  ['redis-server /etc/redis.conf --port 81', ''],
  ['valkey-server --port 81 --save 60 1', '81'],
  ['postgres -c port=81 -c max_connections=9 -c listen_addresses=*', '81'],
  ['postgres -p 81 -h 0.0.0.0 -D /data', '81 ipv4'],
  ['mysqld --port=81 --bind-address=0.0.0.0', '81 ipv4'],
  ['mariadbd -P 81', '81'],
  ['mongod --port 81 --bind_ip_all', '81 ipv4'],
  ['mongod --port 81', '81 loopback'],
  ['memcached -m 64 -p 81', '81'],
  ['memcached -p 81 -l 127.0.0.1', '81 loopback'],
  ['nats-server -p 81 -m 82', '81 82'],
  ['minio server /data --address :81 --console-address :82', '81 82'],
  ['prometheus --config.file=/p.yml --web.listen-address=:81', '81'],
  ['node_exporter --web.listen-address=127.0.0.1:81', '81 loopback'],
  ['blackbox_exporter --config.file=b.yml', '9115'],
  ['pushgateway', '9091'],
  ['pocketbase serve --http=0.0.0.0:81', '81 ipv4'],
  ['pocketbase serve shop.example', ''],
  ['static-web-server -p 81 -d /public', '81'],
  ['miniserve -p 81 /srv', '81'],
  ['mdbook serve -n 0.0.0.0 -p 81', '81 ipv4'],
  ['zola serve', '1111 loopback'],
  ['surreal start --bind 0.0.0.0:81 memory', '81 ipv4'],
  ['cockroach start-single-node --insecure --listen-addr=:81 --http-addr=:82', '81 82'],
  ['meilisearch --http-addr 0.0.0.0:81', '81 ipv4'],
  ['influxd --http-bind-address=:81', '81'],
  ['oauth2-proxy --http-address=0.0.0.0:81 --upstream=http://127.0.0.1:82', '81 ipv4'],
  ['code-server --bind-addr 0.0.0.0:81 .', '81 ipv4'],
  ['ttyd -p 81 bash', '81'],
  ['llama-server -m m.gguf --port 81 --host 0.0.0.0', '81 ipv4'],
];

const WRAPPED = 'uvicorn app:app --host :: --port 81';

describe('programs in images of one’s own', () => {
  test.each(CASES)('%s', (command, open) => {
    const words = command.split(' ');
    const count = words.findIndex((word) => !/^[A-Za-z_]+=/.test(word));
    const env = words.slice(0, count).map((word) => {
      const [name, ...value] = word.split('=');
      return { name, value: value.join('=') };
    });
    const { process } = told(
      pod(`image: corp/app, command: ${JSON.stringify(words.slice(count))}, env: ${JSON.stringify(env)}`),
    );
    const sockets = process.listeners.map(({ port, bind }) =>
      bind === 'all' ? `${port}` : `${port} ${bind}`,
    );
    expect(sockets.join(' ')).toBe(open);
    if (open === '') expect(doubtsOf(process)).not.toEqual([]);
  });

  test.each([
    ['supervisord -c /etc/supervisord.conf', 'supervisord.conf'],
    ['s6-svscan /etc/services.d', 'its directory of services'],
    ['pm2-runtime ecosystem.config.js', 'ecosystem.config.js'],
  ])('%s starts others', (command, configuration) => {
    const { process } = told(pod(`image: corp/app, command: ${JSON.stringify(command.split(' '))}`));
    const [program] = command.split(' ');
    expect(doubtsOf(process)).toEqual([
      `\`${program}\` in command of container web starts what ${configuration} names, which is not read`,
    ]);
  });

  test('a variable that goes before a flag may be set in the image', () => {
    const { process } = told(pod('image: corp/app, command: [sirv, public, --port, "81"]'));
    expect(doubtsOf(process)).toEqual(['ENV of the image corp/app can set PORT, which sirv reads']);
  });

  const started = new Set(
    CASES.map(
      ([command]) =>
        told(pod(`image: a/b, command: ${JSON.stringify(withoutEnv(command))}`)).process.fact?.id,
    ),
  );
  const elsewhere = new Set(
    `nextjs-standalone next vite vite-preview webpack-dev-server angular-ng-serve nuxt-nitro http-server puma
    laravel-artisan-serve php-built-in-server django-runserver uvicorn hypercorn daphne waitress streamlit mlflow
    python-http-server text-generation-launcher litellm live-server prism-mock etcd ollama-serve sshd json-server`.split(
      /\s+/,
    ),
  );
  test.each(frameworkFacts().filter(({ commands }) => commands.length > 0))('$id is started here', ({ id }) =>
    expect(started.has(id) || elsewhere.has(id)).toBe(true),
  );
});

function withoutEnv(command: string): string[] {
  const words = command.split(' ');
  return words.slice(words.findIndex((word) => !/^[A-Za-z_]+=/.test(word)));
}

describe('what stands before a program', () => {
  test.each([
    'ddtrace-run',
    'newrelic-admin run-program',
    'opentelemetry-instrument',
    'opentelemetry-instrument --traces_exporter console --service_name=shop',
    'dockerize -wait tcp://db:5432 -timeout 60s',
    'tini --',
    'tini -g -s --',
    '/sbin/tini -s --',
    'dumb-init',
    'dumb-init --rewrite 15:3 --',
    'gosu app',
    'su-exec app:app',
    'setpriv --reuid=1000 --clear-groups',
    's6-setuidgid app',
    'chpst -u app',
    'nice -n 10',
    'ionice -c 3',
    'env LANG=C',
    'cross-env NODE_ENV=production',
    'exec',
    'timeout 60',
    'wait-for-it.sh db:5432 -t 60 --',
    './wait-for db:5432 --',
    'poetry run',
    'pipenv run',
    'pdm run',
    'hatch run',
    'uv run --no-sync',
    'uv run --',
    'conda run --no-capture-output -n base',
    'micromamba run -n base',
    'python -m',
    'python3.12 -u -m',
    'tini -- dumb-init -- gosu app poetry run ddtrace-run',
  ])('%s', (wrapper) => {
    const { open, process } = told(
      pod(`image: corp/app, command: ${JSON.stringify(`${wrapper} ${WRAPPED}`.split(' '))}`),
    );
    expect(open).toEqual(['81/TCP ipv6']);
    expect(process.fact?.id).toBe('uvicorn');
  });

  test.each([
    'doppler run --project shop --config prod --',
    'infisical run --env=prod --',
    'envconsul -prefix shop -once',
    'vault-env',
    'chamber exec shop --',
    'dotenv -e .env',
  ])('%s gives variables that nobody has seen', (wrapper) => {
    const started = (command: string) =>
      told(pod(`image: a/b, command: ${JSON.stringify(`${wrapper} ${command}`.split(' '))}`));
    expect(started(WRAPPED).open).toEqual(['81/TCP ipv6']);
    const { open, process } = started('uvicorn app:app');
    expect(open).toEqual([]);
    expect(doubtsOf(process)[0]).toMatch(/^`\S+` in command of container web can set UVICORN_/);
  });

  test.each([
    `sh -c "exec ${WRAPPED}"`,
    `bash -lc "${WRAPPED}"`,
    `/bin/bash -euo pipefail -c "python manage.py migrate && ${WRAPPED}"`,
    `sh -c "sleep 5; exec tini -- ${WRAPPED}"`,
  ])('%s', (line) => {
    const [, before, script] = /^(.*) "(.*)"$/.exec(line)!;
    const command = JSON.stringify([...before!.split(' '), script]);
    expect(told(pod(`image: a/b, command: ${command}`)).open).toEqual(['81/TCP ipv6']);
  });
});
