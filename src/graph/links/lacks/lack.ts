import type { MissingKind } from '../../../process/listeners/missing-proof.ts';

/** One thing that the proof of a link can lack: of which kind it is, and how it is said of its values. */
export interface Lack<V> {
  readonly kind: MissingKind;
  /** One sentence without a full stop; made only for who reads it. */
  says(values: V): string;
}

/** How each thing is said of the values that belong to it. */
export type Wordings<All> = { readonly [What in keyof All]: Lack<All[What]> };

export const lack = <V>(kind: MissingKind, says: (values: V) => string): Lack<V> => ({ kind, says });

/** An object that would prove a link, for who asks the cluster for it; without a name all of its kind. */
export interface WantedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string | undefined;
}

/** What a sentence calls a resource by. */
export interface Named {
  readonly kind: string;
  readonly name: string;
}
