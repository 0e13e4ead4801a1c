import { homedir } from 'node:os';
import { join } from 'node:path';

/** `$XDG_CACHE_HOME/portolan`, or `~/.cache/portolan`. */
export const cacheDirectory = (env: NodeJS.ProcessEnv): string =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'portolan');
