import type { Resource } from './model.ts';

/** How messages name a resource: Deployment `shop/web`; a kind without namespace by its name alone. */
export const describe = ({ kind, namespace, name }: Resource): string =>
  `${kind} \`${qualify(namespace, name)}\``;

export const qualify = (namespace: string, name: string): string =>
  namespace ? `${namespace}/${name}` : name;
