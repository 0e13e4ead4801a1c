/** The pictures of a report. Built as a file of its own, so that runs that draw nothing never read it. */
export { renderDot } from './dot.ts';
export { renderMermaid } from './mermaid.ts';
export { renderSvg } from './svg.ts';
