import type { ReportEnd } from '../report.ts';

/** How a trace names what it passes: `Service media/abs`. */
export const nodeOf = ({ resource }: ReportEnd): string =>
  `${resource.kind} ${resource.namespace === '' ? '' : `${resource.namespace}/`}${resource.name}`;
