import type { KindDecoder } from '../kind.ts';

export const OPENSHIFT: readonly KindDecoder[] = [];
