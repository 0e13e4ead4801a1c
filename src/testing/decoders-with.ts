import { KIND_DECODERS } from '../model/decode.ts';
import type { KindDecoder } from '../model/kind.ts';
import type { Resource } from '../model/model.ts';

/** Every decoder, but what that of one kind reads is changed. */
export const decodersWith = (kind: string, change: (read: Resource) => Resource): readonly KindDecoder[] =>
  KIND_DECODERS.map((decoder) =>
    decoder.kind !== kind
      ? decoder
      : {
          ...decoder,
          decode: (read, root, namespace) => change(decoder.decode(read, root, namespace)),
        },
  );
