import type { KindDecoder } from '../kind.ts';

export const SERVICE_CLIENTS: readonly KindDecoder[] = [];
