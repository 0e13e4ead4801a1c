import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Check, Site } from '../site.ts';
import { mapsOf, textIn } from './fields.ts';
import { descendingFault } from './paths.ts';

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_OF_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const COST = 'controller.kubernetes.io/pod-deletion-cost';

/** ValidatePodSpecificAnnotations; of a template, the server leaves `metadata` out of the path. */
export const checkPodAnnotations: Check = (node, site) => {
  const notes = get(node, 'metadata', 'annotations');
  if (notes?.type !== 'map') return;
  const holder = site.root.struct === 'Pod' ? 'metadata.annotations' : site.field('annotations');
  for (const { key, value } of notes.entries) {
    if (value.type !== 'scalar' || typeof value.value !== 'string' || isToFillIn(value)) continue;
    const said = value.value;
    const refuse = (part: string, words: string, label: string): void =>
      site.refuses(value, ['metadata', 'annotations', [key]], '', {
        label,
        reason: `${holder}[${key}]: Invalid value: ${JSON.stringify(part)}: ${words}`,
      });
    if (key === COST && !isInt32(said)) refuse(said, 'must be a 32bit integer', 'no whole number');
    else if (key.startsWith(APPARMOR)) {
      const container = key.slice(APPARMOR.length);
      if (!hasContainer(get(node, 'spec'), container))
        refuse(container, 'container not found', 'no container of this Pod');
      if (!/^(?:|runtime\/default|unconfined|localhost\/.*)$/s.test(said))
        refuse(said, `invalid AppArmor profile name: ${JSON.stringify(said)}`, 'no profile');
    } else if (key === 'kubernetes.io/config.mirror' && !textIn(node, 'spec', 'nodeName')?.text)
      refuse(said, 'must set spec.nodeName if mirror pod annotation is set', 'the kubelet writes it');
    else if (key === SECCOMP || key.startsWith(SECCOMP_OF_CONTAINER))
      checkSeccompNote(value, key, said, holder, site);
  }
};

/** ValidateSeccompProfile. */
function checkSeccompNote(value: YamlNode, key: string, said: string, holder: string, site: Site): void {
  if (/^(?:runtime\/default|docker\/default|unconfined)$/.test(said)) return;
  const fault = said.startsWith('localhost/')
    ? descendingFault(said.slice('localhost/'.length))
    : 'must be a valid seccomp profile';
  if (fault)
    site.refuses(value, ['metadata', 'annotations', [key]], '', {
      label: 'no profile',
      reason: `${holder}.${key}: Invalid value: ${JSON.stringify(said)}: ${fault}`,
    });
}

const isInt32 = (text: string): boolean =>
  /^(?:0|-?[1-9]\d*)$/.test(text) && Math.abs(Number(text)) <= 2 ** 31;

const hasContainer = (spec: YamlMap | YamlNode | undefined, name: string): boolean =>
  ['containers', 'initContainers'].some((list) =>
    mapsOf(spec, list).some(([, one]) => textIn(one, 'name')?.text === name),
  );
