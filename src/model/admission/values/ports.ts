import type { YamlMap } from '../../../text/yaml-node.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import { has, labelFor, mapsOf, textIn } from './fields.ts';
import { qualifiedFault } from './names.ts';

/** validateServicePort, validatePorts of a slice, validateEndpointPort: there is none, or it is a name. */
export function checkAppProtocol(node: YamlMap, site: Site): void {
  const protocol = textIn(node, 'appProtocol');
  const fault = protocol && qualifiedFault(protocol.text);
  if (protocol && fault)
    site.refuses(protocol, ['appProtocol'], `Invalid value: ${JSON.stringify(protocol.text)}: ${fault}`, {
      label: labelFor(fault),
    });
}

export const checkEndpointPort: Check = (node, site) => checkAppProtocol(node, site);

/** validatePorts: of a slice, a port without a name has an empty one. */
export function checkNamelessPorts(node: YamlMap, site: Site): void {
  const nameless = mapsOf(node, 'ports').filter(
    ([, port]) => !has(port, 'name') || textIn(port, 'name')?.text === '',
  );
  for (const [index, port] of nameless.slice(1))
    site.refuses(
      textIn(port, 'name') ?? port.entries[0]?.keyNode ?? port,
      ['ports', index, 'name'],
      'Duplicate value: ""',
      { ...SAME_AGAIN, label: 'a second port without a name' },
    );
}
