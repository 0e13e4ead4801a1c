import type { ReportEnd, ReportResource } from '../report.ts';

/** How a trace names an object: `Service media/abs`. */
export const nameOf = ({ kind, namespace, name }: ReportResource): string =>
  `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;

/** How a trace names what it passes. */
export const nodeOf = ({ resource }: ReportEnd): string => nameOf(resource);
