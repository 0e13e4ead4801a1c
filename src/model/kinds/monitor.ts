import type { KindDecoder } from '../kind.ts';

export const MONITORS: readonly KindDecoder[] = [];
