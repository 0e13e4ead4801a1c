import type { KindDecoder } from '../kind.ts';

export const ROLLOUTS: readonly KindDecoder[] = [];
