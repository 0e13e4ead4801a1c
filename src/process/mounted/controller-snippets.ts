import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Container } from '../../model/model.ts';
import type { ConfigReader } from '../config-files/config-file.ts';
import type { ObjectLookup } from '../environment/environment.ts';
import type { KnownListener } from '../listeners/container-process.ts';
import type { Doubt } from '../listeners/doubts/doubt.ts';
import { toListener } from './mounted-config.ts';

/** Keys whose text ingress-nginx puts into its nginx.conf (docs/user-guide/nginx-configuration/configmap.md). */
const SNIPPETS = ['main-snippet', 'http-snippet', 'stream-snippet'];

const CONFIG_MAP = /^--?configmap=(?:.*\/)?([^/]+)$/;

interface Snippets {
  readonly listeners: readonly KnownListener[];
  readonly doubts: readonly Doubt[];
}

const NONE: Snippets = { listeners: [], doubts: [] };

/** The sockets of servers that the ConfigMap of an ingress-nginx adds to its own. */
export function listenersOfSnippets(
  { args = [], command = [] }: Container,
  fact: ImageFact | FrameworkFact,
  objects: ObjectLookup,
  readNginx: ConfigReader,
): Snippets {
  if (fact.id !== 'ingress-nginx') return NONE;
  const [name] = [...command, ...args].flatMap(({ value }) => CONFIG_MAP.exec(value)?.[1] ?? []);
  const config = name === undefined ? undefined : objects.configMap(name);
  if (!config) return NONE;
  const readings = SNIPPETS.flatMap((key) => {
    const text = config.data.get(key);
    if (!text || !/\blisten\b/.test(text.value)) return [];
    const file = {
      path: `/etc/nginx/${key}`,
      text,
      from: `${key} of ConfigMap ${config.namespace}/${config.name}`,
      secret: false,
    };
    return readNginx([file], file);
  });
  return {
    listeners: readings.flatMap(({ listeners }) => listeners.map(toListener)),
    doubts: readings.flatMap(({ doubts }) => doubts),
  };
}
