import { KIND_NAMES, parseTarget } from '../report/trace/target.ts';
import type { LogOption } from '../session/logs.ts';
import { UsageError } from './usage-error.ts';

const FORM = 'CONTAINER=FILE, with a CONTAINER such as web, shop/web or deploy/shop/web';

/**
 * Takes `web=app.log`, `shop/web=app.log` or `deploy/shop/web=-` apart. The first `=` counts, as no container's name
 * holds one.
 *
 * @throws UsageError for anything else
 */
export function parseLogsOption(text: string): LogOption {
  const [, address = '', file = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (address === '' || file === '') throw new UsageError(`\`--logs ${text}\` is no ${FORM}`);
  const parts = address.split('/');
  if (parts.length > 3 || parts.includes(''))
    throw new UsageError(`\`${address}\` is no container; give ${FORM}`);
  const [container = '', name, kind] = parts.reverse();
  return { owner: { container, name, kind: kind === undefined ? undefined : kindOf(kind) }, file };
}

function kindOf(written: string): string {
  const target = parseTarget(`${written}/name`);
  if (target?.kind === 'resource') return target.resourceKind;
  throw new UsageError(`\`${written}\` is no kind; the kinds are ${KIND_NAMES.join(', ')}`);
}
