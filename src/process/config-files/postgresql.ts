import { folderOf } from '../../text/slashes.ts';
import { bindOfHost } from '../listeners/bind-address.ts';
import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigFile, ConfigReader, ConfigSurroundings } from './config-file.ts';
import { filesNamed, MOST_INCLUDES, resolvePath } from './included.ts';
import { type Line, linesOf } from './lines.ts';
import { readWithout, Sockets, topOf } from './sockets.ts';
import { fillVariable } from './variables.ts';

interface Parameter {
  readonly file: ConfigFile;
  readonly line: Line;
  readonly value: string;
}

/**
 * postgresql.conf (config-setting and runtime-config-connection in the manual). A file of one's own replaces that of
 * the image, and with it `listen_addresses = '*'`: left out, it is localhost.
 */
export const readPostgresqlFiles: ConfigReader = (files, main, around) => {
  if (!main) return readWithout(files, 'PostgreSQL');
  const sockets = new Sockets();
  const last = new Map<string, Parameter>();
  gather(main, { files, around, sockets, last, includes: 0 }, []);

  const port = last.get('port');
  const addresses = last.get('listen_addresses');
  const hosts = (addresses?.value ?? 'localhost')
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
  const known = hosts.filter((host) => bindOfHost(host) !== undefined);
  if (addresses && known.length < hosts.length) {
    sockets.doubtAbout(addresses.file, addresses.line, 'binds-one-or-name');
  }
  // The environment's PGPORT is the built-in default's place (guc_tables.c, PGC_S_ENV_VAR).
  const number = port?.value ?? fillVariable(around, 'PGPORT', '5432');
  for (const host of known) {
    const { file, line: at } = port ?? addresses ?? { file: main, line: topOf(main) };
    const said = port ? {} : { said: addresses ? leftOut('port') : leftOut('port', 'listen_addresses') };
    sockets.open(file, at, host, number, said);
  }
  return sockets.reading();
};

interface Gathering {
  readonly files: readonly ConfigFile[];
  readonly around: ConfigSurroundings | undefined;
  readonly sockets: Sockets;
  readonly last: Map<string, Parameter>;
  includes: number;
}

const LINE = /^(\w+)\s*[\s=]\s*(?:'((?:[^'\\]|''|\\.)*)'|([^\s'#]*))/;

function gather(file: ConfigFile, gathering: Gathering, open: readonly ConfigFile[]): void {
  if (open.includes(file)) return;
  for (const line of linesOf(file, '#')) {
    const [written = '', name = '', quoted, bare = ''] = LINE.exec(line.text) ?? [];
    const value = quoted?.replace(/''|\\(.)/g, (_, escaped?: string) => escaped ?? "'") ?? bare;
    const key = name.toLowerCase();
    const at = { ...line, end: line.start + written.length };
    if (key === 'port' || key === 'listen_addresses') gathering.last.set(key, { file, line: at, value });
    else if (/^include(?:_if_exists|_dir)?$/.test(key)) {
      include(file, at, key, value, gathering, [...open, file]);
    }
  }
}

/** `include_dir` reads what ends in .conf, in the order of names. */
function include(
  file: ConfigFile,
  line: Line,
  key: string,
  value: string,
  gathering: Gathering,
  open: readonly ConfigFile[],
): void {
  if (++gathering.includes > MOST_INCLUDES) {
    gathering.sockets.doubtAbout(file, line, 'includes-too-many');
    return;
  }
  const path = resolvePath(folderOf(file.path), value);
  const found = filesNamed(gathering.files, key === 'include_dir' ? `${path}/*.conf` : path);
  for (const one of found) gather(one, gathering, open);
  const covered = gathering.around?.covers(key === 'include_dir' ? path : folderOf(path)) ?? false;
  const settled =
    key === 'include' ? found.length > 0 : covered || (key === 'include_if_exists' && found.length > 0);
  if (!settled) gathering.sockets.doubtAbout(file, line, 'may-name-absent-files');
}
