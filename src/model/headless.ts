import type { Service } from './model.ts';

/** A Service without an address of its own: its name gives the addresses of its Pods (S-043). */
export const isHeadless = ({ clusterIP }: Pick<Service, 'clusterIP'>): boolean => clusterIP?.value === 'None';
