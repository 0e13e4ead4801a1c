import { groupBy } from '../../model/resource-set.ts';
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
  'alembic',
  'bundle check',
  'bundle install',
  'flask db',
  'next build',
  'ng build',
  'npm ci',
  'npm install',
  'npm run build',
  'php artisan cache',
  'php artisan config:cache',
  'php artisan migrate',
  'php artisan route:cache',
  'php artisan storage:link',
  'pip install',
  'pnpm install',
  'prisma generate',
  'prisma migrate',
  'python manage.py collectstatic',
  'python manage.py createsuperuser',
  'python manage.py loaddata',
  'python manage.py migrate',
  'rails db:migrate',
  'rails db:prepare',
  'vite build',
  'yarn build',
  'yarn install',
];

/** The words after the program's name, by that name. */
const usesByProgram = groupBy(
  HARMLESS_USES.map((use) => use.split(' ')),
  ([program]) => program!,
);

export function isHarmless(wrapped: readonly Word[]): boolean {
  const words = withoutWrappers(wrapped);
  const program = programName(words[0]);
  const given = (index: number): string | undefined => words[index]?.text?.replace(/^\.\//, '');
  return (
    HARMLESS.has(program) ||
    (usesByProgram.get(program) ?? []).some((use) =>
      use.every((part, index) => index === 0 || given(index) === part),
    )
  );
}
