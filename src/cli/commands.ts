/** What the commands do. Built as a file of its own, so that `--version` and `--help` never read it. */
export { runCheck } from './commands/check.ts';
export { runExplain } from './commands/explain.ts';
export { runFix } from './commands/fix.ts';
export { runMap } from './commands/map.ts';
export { runTrace } from './commands/trace.ts';
export { runUi } from './commands/ui.ts';
export { runVerify } from './commands/verify.ts';
export { COMPLETION_SCRIPTS } from './completion-scripts.ts';
export { manPageOf } from './man-page.ts';
export { versionJson } from './version-of.ts';
