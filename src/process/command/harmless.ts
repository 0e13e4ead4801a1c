import { groupBy } from '../../text/group-by.ts';
import { programName, type Word } from './word.ts';
import { withoutWrappers } from './wrappers.ts';

/** Programs that are done before the next one starts, and neither listen nor leave something running that does. */
const HARMLESS: ReadonlySet<string> = new Set(
  `: [ [[ awk base64 basename cat cd chgrp chmod chown cp curl cut date declare dig dirname echo envsubst exit export
  false find getent grep groupadd head hostname id install jq ldconfig ln local ls mkdir mktemp mv nc nslookup openssl
  pg_isready ping printf ps pwd read readonly rm sed seq set shift shopt sleep sort stat sync sysctl tail tar tee test
  touch tr trap true typeset ulimit umask uname unset unzip useradd usermod wait wait-for wait-for.sh wait-for-it
  wait-for-it.sh wc wget which whoami xargs`.split(/\s+/),
);

/** Uses of programs that do other things too, by their first words. */
const HARMLESS_USES: readonly string[] = [
  'airflow db',
  'alembic',
  'apk add',
  'apk update',
  'apt update',
  'apt install',
  'apt-get clean',
  'apt-get install',
  'apt-get update',
  'bundle check',
  'bundle install',
  'composer install',
  'dbmate up',
  'dnf install',
  'flask db',
  'flyway migrate',
  'knex migrate:latest',
  'next build',
  'ng build',
  'npm ci',
  'npm install',
  'npm run build',
  'php artisan cache',
  'php artisan config:clear',
  'php artisan db:seed',
  'php artisan key:generate',
  'php artisan optimize',
  'php artisan package:discover',
  'php artisan view:cache',
  'php artisan view:clear',
  'php artisan config:cache',
  'php artisan migrate',
  'php artisan route:cache',
  'php artisan storage:link',
  'pip install',
  'pnpm install',
  'prisma db',
  'prisma generate',
  'prisma migrate',
  'python manage.py check',
  'python manage.py collectstatic',
  'python manage.py compilemessages',
  'python manage.py createcachetable',
  'python manage.py createsuperuser',
  'python manage.py loaddata',
  'python manage.py makemigrations',
  'python manage.py migrate',
  'python manage.py wait_for_db',
  'rails assets:precompile',
  'rails db:create',
  'rails db:migrate',
  'rails db:prepare',
  'rails db:seed',
  'rake assets:precompile',
  'rake db:migrate',
  'rake db:setup',
  'sequelize db:migrate',
  'superset db',
  'superset init',
  'typeorm migration:run',
  'vite build',
  'yarn build',
  'yarn install',
  'yum install',
];

/** The words after the program's name, by that name. */
const usesByProgram = groupBy(
  HARMLESS_USES.map((use) => use.split(' ')),
  ([program]) => program!,
);

export function isHarmless(wrapped: readonly Word[]): boolean {
  const plain = withoutWrappers(wrapped);
  // `python -m alembic` is `alembic`.
  const isModule = programName(plain[0]) === 'python' && plain[1]?.text === '-m';
  const words = isModule ? plain.slice(2) : plain;
  const program = programName(words[0]);
  const given = (index: number): string | undefined => words[index]?.text?.replace(/^\.\//, '');
  return (
    HARMLESS.has(program) ||
    (usesByProgram.get(program) ?? []).some((use) =>
      use.every((part, index) => index === 0 || given(index) === part),
    )
  );
}
