import type { KindDecoder } from '../kind.ts';

export const KNATIVE: readonly KindDecoder[] = [];
