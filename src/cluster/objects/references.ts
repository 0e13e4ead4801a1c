import { type Json, type JsonObject, listAt, textAt } from '../json.ts';
import { podSpecOf } from '../pods/owners.ts';
import { containersOf } from '../pods/shape.ts';

/** What workloads take of Secrets and ConfigMaps, as far as it may decide over a port. */
export class References {
  /** `NAMESPACE/NAME` of ConfigMaps that some Pod names. */
  readonly configMaps: Set<string> = new Set();
  /** Of Secrets that may hold a port: the keys that variables of such a name take, and whether all keys become variables. */
  readonly secrets: Map<string, SecretUse> = new Map();

  add(object: JsonObject): void {
    const spec = podSpecOf(object);
    if (spec === undefined) return;
    const namespace = textAt(object, 'metadata', 'namespace') ?? '';
    const configMap = (name: string | undefined): void => {
      if (name !== undefined) this.configMaps.add(`${namespace}/${name}`);
    };
    for (const container of containersOf(spec)) {
      for (const one of listAt(container, 'envFrom')) {
        configMap(textAt(one, 'configMapRef', 'name'));
        this.#useOf(namespace, textAt(one, 'secretRef', 'name'));
      }
      for (const one of listAt(container, 'env')) {
        configMap(textAt(one, 'valueFrom', 'configMapKeyRef', 'name'));
        const key = textAt(one, 'valueFrom', 'secretKeyRef', 'key');
        if (key !== undefined && mayPlacePort(textAt(one, 'name') ?? ''))
          this.#useOf(namespace, textAt(one, 'valueFrom', 'secretKeyRef', 'name'), key);
      }
    }
    for (const volume of listAt(spec, 'volumes')) for (const name of configMapsOf(volume)) configMap(name);
  }

  #useOf(namespace: string, name: string | undefined, key?: string): void {
    if (name === undefined) return;
    const place = `${namespace}/${name}`;
    const known = this.secrets.get(place) ?? { namespace, name, keys: new Set<string>() };
    if (key !== undefined) known.keys.add(key);
    this.secrets.set(place, known);
  }
}

export interface SecretUse {
  readonly namespace: string;
  readonly name: string;
  readonly keys: Set<string>;
}

const PORT_NAME = /(?:^|[_.-])(?:PORTS?|LISTEN|BIND|ADDR|ADDRESS)(?:$|[_.-])|PORT$/i;

/** Whether a variable of this name may say where a process listens. */
export const mayPlacePort = (name: string): boolean => PORT_NAME.test(name);

const configMapsOf = (volume: Json): (string | undefined)[] => [
  textAt(volume, 'configMap', 'name'),
  ...listAt(volume, 'projected', 'sources').map((one) => textAt(one, 'configMap', 'name')),
];
