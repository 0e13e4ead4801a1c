import type { VNode } from 'preact';
import type { Severity, State } from '../report/report.ts';
import { SIGNS } from './words.ts';

export const StateBadge = ({ state }: { readonly state: State }): VNode => (
  <span class={`badge ${state}`}>
    <span aria-hidden="true">{SIGNS[state]}</span> {state}
  </span>
);

const OF_SEVERITY = { error: 'broken', warning: 'unproved', info: 'calm' } as const;
const SEVERITY_SIGNS = { error: '✕', warning: '!', info: 'i' } as const;

export const SeverityBadge = ({ severity }: { readonly severity: Severity }): VNode => (
  <span class={`badge ${OF_SEVERITY[severity]}`}>
    <span aria-hidden="true">{SEVERITY_SIGNS[severity]}</span> {severity}
  </span>
);
