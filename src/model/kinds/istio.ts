import type { KindDecoder } from '../kind.ts';

export const ISTIO: readonly KindDecoder[] = [];
