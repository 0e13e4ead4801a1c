import type { KindDecoder } from '../kind.ts';

export const GATEWAY_API: readonly KindDecoder[] = [];
