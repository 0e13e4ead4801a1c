import type { Edit } from '../text/source.ts';
import { spell } from '../text/spell.ts';
import type { ConfigMap, Service } from './model.ts';

/** What makes an object that of which somebody speaks. */
export interface NameChange {
  /** Imperative: call the Service `web`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** A Service's name is a DNS-1035 label: a letter comes first. */
export const callService = ({ nameAt }: Service, name: string): NameChange[] =>
  name.length <= 63 && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)
    ? [{ title: `call the Service \`${name}\``, edits: [spell(nameAt, name)] }]
    : [];

/** A ConfigMap's name is a DNS-1123 subdomain. */
export const callConfigMap = ({ nameAt }: ConfigMap, name: string): NameChange[] =>
  name.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name)
    ? [{ title: `call the ConfigMap \`${name}\``, edits: [spell(nameAt, name)] }]
    : [];
