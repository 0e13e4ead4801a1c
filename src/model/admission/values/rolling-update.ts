import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Site } from '../site.ts';
import { AT_LEAST_0, has, textIn } from './fields.ts';

/** ValidateDeploymentStrategy. */
export function checkUpdateOfDeployment(node: YamlMap, site: Site): void {
  const strategy = get(node, 'strategy');
  const type = textIn(strategy, 'type')?.text;
  const rolling = get(strategy, 'rollingUpdate');
  if (type === 'Recreate' && rolling?.type === 'map')
    site.refuses(
      rolling,
      ['strategy', 'rollingUpdate'],
      "Forbidden: may not be specified when strategy `type` is 'Recreate'",
      { label: 'not beside `Recreate`' },
    );
  checkPercent(rolling, site, 'strategy');
  checkZero(rolling, site);
}

/** ValidateStatefulSetSpec. */
export function checkUpdateOfStatefulSet(node: YamlMap, site: Site): void {
  const strategy = get(node, 'updateStrategy');
  const rolling = get(strategy, 'rollingUpdate');
  if (rolling?.type === 'map' && textIn(strategy, 'type')?.text === 'OnDelete')
    site.refuses(
      rolling,
      ['updateStrategy', 'rollingUpdate'],
      "Invalid value: {}: only allowed for updateStrategy 'RollingUpdate'",
      { label: 'not beside `OnDelete`' },
    );
}

/** ValidateDaemonSetUpdateStrategy. */
export function checkUpdateOfDaemons(node: YamlMap, site: Site): void {
  const rolling = get(node, 'updateStrategy', 'rollingUpdate');
  checkPercent(rolling, site, 'updateStrategy');
  if (textIn(node, 'updateStrategy', 'type')?.text === 'OnDelete') return;
  const steps = ['updateStrategy', 'rollingUpdate', 'maxUnavailable'];
  const [most, surge] = [get(rolling, 'maxUnavailable'), get(rolling, 'maxSurge')];
  if (most && isZero(rolling, 'maxUnavailable') && (!surge || isZero(rolling, 'maxSurge')))
    site.refuses(most, steps, 'Required value: cannot be 0 when maxSurge is 0', {
      label: 'nothing could be replaced',
    });
  // Left out, 1 of its Pods may be gone.
  else if (
    surge &&
    has(rolling, 'maxSurge') &&
    !isZero(rolling, 'maxSurge') &&
    !isZero(rolling, 'maxUnavailable')
  )
    site.refuses(
      surge,
      ['updateStrategy', 'rollingUpdate', 'maxSurge'],
      `Invalid value: ${surge.type === 'scalar' ? JSON.stringify(surge.value) : '{}'}: may not be set when maxUnavailable is non-zero`,
      { label: 'needs `maxUnavailable: 0`' },
    );
}

/** ValidateRollingUpdateDeployment, and that of DaemonSets. */
function checkPercent(rolling: YamlNode | undefined, site: Site, strategy: string): void {
  for (const key of ['maxUnavailable', 'maxSurge']) {
    const value = get(rolling, key);
    if (value?.type !== 'scalar' || value.value === null || isToFillIn(value)) continue;
    const steps = [strategy, 'rollingUpdate', key];
    if (typeof value.value === 'string' && !/^\d+%$/.test(value.value))
      site.refuses(
        value,
        steps,
        `Invalid value: ${JSON.stringify(value.value)}: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`,
        { label: 'neither a number nor a percentage' },
      );
    else if (typeof value.value === 'number' && value.value < 0)
      site.refuses(value, steps, `Invalid value: ${value.value}: ${AT_LEAST_0}`, { label: 'less than 0' });
    else if (
      key === 'maxUnavailable' &&
      typeof value.value === 'string' &&
      Number.parseInt(value.value, 10) > 100
    )
      site.refuses(
        value,
        steps,
        `Invalid value: ${JSON.stringify(value.value)}: must not be greater than 100%`,
        { label: 'more than all' },
      );
  }
}

function isZero(rolling: YamlNode | undefined, key: string): boolean {
  const value = get(rolling, key);
  return value?.type === 'scalar' && (value.value === 0 || value.value === '0%');
}

/** ValidateRollingUpdateDeployment: something must give way. */
function checkZero(rolling: YamlNode | undefined, site: Site): void {
  if (isZero(rolling, 'maxUnavailable') && isZero(rolling, 'maxSurge'))
    site.refuses(
      get(rolling, 'maxUnavailable')!,
      ['strategy', 'rollingUpdate', 'maxUnavailable'],
      'Invalid value: 0: may not be 0 when `maxSurge` is 0',
      { label: 'nothing could be replaced' },
    );
}
