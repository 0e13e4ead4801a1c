import type { KindDecoder } from '../kind.ts';

export const CONTOUR: readonly KindDecoder[] = [];
