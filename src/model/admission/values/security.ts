import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import type { Step } from '../step.ts';
import { checkListed, checkName, listIn, longIn, mapsOf, textIn } from './fields.ts';
import { subdomainFault } from './names.ts';
import { descendingFault } from './paths.ts';

/** IsValidUserID, IsValidGroupID: fields of 64 bits that take numbers of 31. */
const NO_ID = 'must be between 0 and 2147483647, inclusive';

/** ValidateSecurityContext. */
export const checkSecurityContext: Check = (node, site) => {
  const check = (value: YamlNode | undefined, path: readonly Step[]): void => {
    const id = longIn(value);
    if (id && (id.value < 0 || id.value > 2147483647))
      site.refuses(id, path, `Invalid value: ${id.value}: ${NO_ID}`, { label: NO_ID });
  };
  for (const key of ['runAsUser', 'runAsGroup', 'fsGroup']) check(get(node, key), [key]);
  const groups = listIn(node, 'supplementalGroups')?.items ?? [];
  for (const [index, group] of groups.entries()) check(group, ['supplementalGroups', index]);
  checkEscalation(node, site);
  checkSysctls(node, site);
  checkRelabelling(node, site);
};

const is = (node: YamlMap, key: string, value: boolean): boolean => {
  const there = get(node, key);
  return there?.type === 'scalar' && there.value === value;
};

/** What gives more rights cannot stand beside what forbids more rights. */
function checkEscalation(node: YamlMap, site: Site): void {
  if (!is(node, 'allowPrivilegeEscalation', false)) return;
  const at = get(node, 'allowPrivilegeEscalation')!;
  const refuse = (other: string): void =>
    site.refuses(at, [], '', {
      says: `forbids more rights and gives them in \`${site.field()}\``,
      label: `not beside ${other}`,
      reason: `${site.field()}: Invalid value: {}: cannot set \`allowPrivilegeEscalation\` to false and ${other}`,
    });
  if (is(node, 'privileged', true)) refuse('`privileged` to true');
  const added = listIn(node, 'capabilities', 'add')?.items ?? [];
  // The server compares the very word: SYS_ADMIN, as the runtime has it, passes.
  if (added.some((one) => one.type === 'scalar' && one.value === 'CAP_SYS_ADMIN'))
    refuse('`capabilities.Add` CAP_SYS_ADMIN');
}

const SYSCTL = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** validateSysctls. */
function checkSysctls(node: YamlMap, site: Site): void {
  const seen = new Set<string>();
  for (const [index, one] of mapsOf(node, 'sysctls')) {
    const name = textIn(one, 'name');
    if (!name) continue;
    const steps = ['sysctls', index, 'name'];
    if (name.text === '') site.refuses(name, steps, 'Required value', { label: 'empty' });
    else if (name.text.length > 253 || !SYSCTL.test(name.text))
      site.refuses(
        name,
        steps,
        `Invalid value: ${JSON.stringify(name.text)}: must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$`,
        { label: 'no name of a sysctl' },
      );
    else if (seen.has(name.text))
      site.refuses(name, steps, `Duplicate value: ${JSON.stringify(name.text)}`, { label: 'the same again' });
    seen.add(name.text);
  }
}

/** validateSeccompProfileField and ValidateAppArmorProfileField: a file of the node where one is meant, and there alone. */
const checkProfile =
  (kind: string): Check =>
  (node, site) => {
    const type = textIn(node, 'type');
    const profile = textIn(node, 'localhostProfile');
    checkProfilePath(kind, type?.text, profile, site);
    if (type?.text === '')
      site.refuses(type, ['type'], `Required value: type is required when ${site.path.at(-1)} is set`, {
        label: 'empty',
      });
    else if (kind === 'AppArmor' && type && !/^(?:Localhost|RuntimeDefault|Unconfined)$/.test(type.text))
      return;
    else if (type?.text === 'Localhost' && !profile)
      site.refuses(type, ['localhostProfile'], `Required value: must be set when ${kind} type is Localhost`, {
        says: `names no file for \`${site.field()}\``,
        label: 'needs `localhostProfile`',
      });
    else if (type && type.text !== 'Localhost' && profile)
      site.refuses(
        profile,
        ['localhostProfile'],
        `Invalid value: ${JSON.stringify(profile.text)}: can only be set when ${kind} type is Localhost`,
        { label: `not beside ${type.text}` },
      );
  };

/** Below the folder of profiles of the node; AppArmor's are names. */
function checkProfilePath(
  kind: string,
  type: string | undefined,
  profile: ReturnType<typeof textIn>,
  site: Site,
): void {
  if (type !== 'Localhost' || !profile) return;
  const steps = ['localhostProfile'];
  const said = `Invalid value: ${JSON.stringify(profile.text)}:`;
  if (kind === 'seccomp') {
    const fault = descendingFault(profile.text);
    if (fault) site.refuses(profile, steps, `${said} ${fault}`, { label: fault });
  } else if (profile.text === '')
    site.refuses(profile, steps, 'Required value: must be set when AppArmor type is Localhost', {
      label: 'empty',
    });
  else if (profile.text.trim() !== profile.text)
    site.refuses(profile, steps, `${said} must not be padded with whitespace`, { label: 'spaces around it' });
}

/** validateWindowsSecurityContextOptions. */
export const checkWindows: Check = (node, site) => {
  const user = textIn(node, 'runAsUserName');
  if (user?.text === '')
    site.refuses(user, ['runAsUserName'], 'Invalid value: "": runAsUserName cannot be an empty string', {
      label: 'empty',
    });
  checkName(site, node, 'gmsaCredentialSpecName', subdomainFault);
};

/** validateSELinuxChangePolicy, as far as the server takes it without a gate. */
function checkRelabelling(node: YamlMap, site: Site): void {
  const policy = textIn(node, 'seLinuxChangePolicy');
  if (policy) checkListed(site, policy, ['seLinuxChangePolicy'], ['Recursive']);
}

export const checkSeccomp: Check = checkProfile('seccomp');
export const checkAppArmor: Check = checkProfile('AppArmor');
