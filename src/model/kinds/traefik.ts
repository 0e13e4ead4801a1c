import type { KindDecoder } from '../kind.ts';

export const TRAEFIK: readonly KindDecoder[] = [];
