import type { KindDecoder } from '../kind.ts';

export const POLICIES: readonly KindDecoder[] = [];
