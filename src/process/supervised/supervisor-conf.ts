import { insideScalar } from '../../text/inside-scalar.ts';
import { folderOf } from '../../text/slashes.ts';
import { splitWords } from '../command/shlex.ts';
import type { Trail } from '../command/trail.ts';
import type { Word } from '../command/word.ts';
import type { ConfigFile } from '../config-files/config-file.ts';
import { filesNamed, isPattern, resolvePath } from '../config-files/included.ts';
import { Sockets } from '../config-files/sockets.ts';
import { UNKNOWN } from '../environment/environment.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import { toListener } from '../mounted/mounted-config.ts';
import { covers, type MountedFiles } from '../mounted/mounted-files.ts';
import { type IniOption, type IniSection, sectionsOf } from './ini.ts';
import { ownTrail } from './own-trail.ts';
import { fillPercent } from './percent.ts';
import type { Supervised, SupervisedProgram } from './supervised.ts';
import { wordOfFile } from './word-of-file.ts';

/** Where supervisord looks without `-c`, of what does not hang on its working directory (Options in options.py). */
const USUAL = ['/etc/supervisord.conf', '/etc/supervisor/supervisord.conf'];
/** What the main files of Debian and Alpine include. */
const INCLUDED = ['/etc/supervisor/conf.d/*.conf', '/etc/supervisor.d/*.ini'];

/**
 * What `supervisord` starts, where its configuration is mounted (read_config in supervisor/options.py): every
 * `[program:x]` that is not kept from starting. Undefined where nothing of it is mounted.
 */
export function readSupervisor(
  words: readonly Word[],
  mounted: MountedFiles,
  trail: Trail,
): Supervised | undefined {
  const named = configurationNamed(words);
  const main = named === undefined ? firstOf(mounted, USUAL) : firstOf(mounted, [named]);
  const reading: Reading = { mounted, trail, doubts: [], sections: new Map() };
  if (main) addMain(main, reading);
  else {
    for (const pattern of INCLUDED) for (const one of filesNamed(mounted.files, pattern)) add(one, reading);
    reading.doubts.push(doubt('supervises-more', { program: 'supervisord', path: named ?? USUAL[0]! }));
  }
  if (reading.sections.size === 0) return undefined;
  const sections = [...reading.sections.values()];
  const sockets = new Sockets();
  for (const section of sections) openOwn(section, sockets);
  const { listeners, doubts } = sockets.reading();
  return {
    programs: sections.flatMap((section) => programsOf(section, reading)),
    listeners: listeners.map(toListener),
    doubts: [...reading.doubts, ...doubts],
  };
}

interface Reading {
  readonly mounted: MountedFiles;
  readonly trail: Trail;
  readonly doubts: Doubt[];
  /** Sections of one name are one. */
  readonly sections: Map<string, IniSection>;
}

const firstOf = ({ files }: MountedFiles, paths: readonly string[]): ConfigFile | undefined =>
  paths.flatMap((path) => files.filter((file) => file.path === path))[0];

const JOINED = ['--configuration=', '-c'];

function configurationNamed(words: readonly Word[]): string | undefined {
  for (const [index, { text = '' }] of words.entries()) {
    const flag = JOINED.find((start) => text.startsWith(start) && text.length > start.length);
    if (flag) return text.slice(flag.length);
    if (text === '-c' || text === '--configuration') return words[index + 1]?.text ?? UNKNOWN;
  }
  return undefined;
}

function add(file: ConfigFile, { sections }: Reading): void {
  for (const section of sectionsOf(file)) {
    const there = sections.get(section.name);
    const options = new Map([...(there?.options ?? []), ...section.options]);
    sections.set(section.name, { ...section, options });
  }
}

/** The files that it includes are read behind it, and include no others. */
function addMain(main: ConfigFile, reading: Reading): void {
  const { mounted, trail, doubts } = reading;
  add(main, reading);
  const files = reading.sections.get('include')?.options.get('files');
  if (!files) return;
  for (const written of files.value.split(/\s+/)) {
    const { text } = fillPercent(written, trail, { here: folderOf(main.path) });
    const path = resolvePath(folderOf(main.path), text);
    const found = filesNamed(mounted.files, path);
    for (const one of found) add(one, reading);
    const isWhole = isPattern(path) ? covers(mounted, folderOf(path)) : found.length > 0;
    if (text.includes(UNKNOWN) || !isWhole)
      doubts.push(doubt('supervises-more', { program: 'supervisord', path: main.secret ? '…' : written }));
  }
}

/** Its web page, and the sockets that it hands on to programs of FastCGI. */
function openOwn({ name, options, file }: IniSection, sockets: Sockets): void {
  const [key, pattern] = name.startsWith('inet_http_server')
    ? ['port', /^()(.*)$/s]
    : ['socket', /^(tcp:\/\/)(.*)$/s];
  if (key === 'socket' && !name.startsWith('fcgi-program:')) return;
  const option = options.get(key);
  const address = option && pattern.exec(option.value)?.[2];
  if (!option || address === undefined) return;
  const settings = key === 'port' ? {} : { speaks: 'unknown' as const };
  sockets.openAddress(file, option, address.replace(/%\(.*/s, UNKNOWN), settings);
}

const PROGRAM = /^(?:program|fcgi-program|eventlistener):(.*)$/s;
const FALSE: ReadonlySet<string> = new Set(['no', 'false', 'off', '0']);
/** More than anybody starts of one program. */
const MOST_PROCESSES = 100;

function programsOf(section: IniSection, { sections, trail, doubts }: Reading): SupervisedProgram[] {
  const { name, options, file } = section;
  const program = PROGRAM.exec(name)?.[1]?.trim();
  const command = options.get('command');
  if (program === undefined || !command) return [];
  const value = (key: string): string => options.get(key)?.value.toLowerCase() ?? '';
  if (FALSE.has(value('autostart'))) return [];
  const count = Number(value('numprocs') || 1);
  const first = Number(value('numprocs_start') || 0);
  if (!(count <= MOST_PROCESSES)) {
    doubts.push(doubt('text-not-followed', { written: 'numprocs', from: file.from, why: 'value-outside' }));
    return [];
  }
  return Array.from({ length: count }, (_, index) => {
    const own = ownTrail(trail);
    const names = {
      here: folderOf(file.path),
      program_name: program,
      group_name: program,
      process_num: String(first + index),
      numprocs: String(count),
    };
    const common = sections.get('supervisord')?.options.get('environment');
    for (const one of [common, options.get('environment')]) {
      if (one && !assign(one, own, names, section)) {
        own.unsettled.push({
          kind: 'file',
          doubt: doubt('text-not-followed', {
            written: file.secret ? undefined : 'environment',
            from: file.from,
            why: 'value-outside',
          }),
        });
      }
    }
    return { words: wordsOf(command, own, names, section), trail: own };
  });
}

/** What `KEY=value,KEY2="a b"` is made of (dict_of_key_value_pairs in datatypes.py). */
const TOKEN = /"(?:[^"\\]|\\.)*"|'[^']*'|[\w/.+\-():\0]+|[=,]|\s+/sy;

/** Undefined where a character has no place in it. */
function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    if (token.trim() !== '') tokens.push(token);
  }
  return tokens;
}

/** False where some of it is not understood. */
function assign(
  { value: written, start, end }: IniOption,
  trail: Trail,
  names: Readonly<Record<string, string>>,
  { file, name: section }: IniSection,
): boolean {
  const { text, secret } = fillPercent(written, trail, names);
  const place = insideScalar(file.text);
  const tokens = tokensOf(text);
  if (!tokens) return false;
  for (let index = 0; index < tokens.length; index += 4) {
    const [name, equals, quoted, comma = ','] = tokens.slice(index, index + 4);
    if (name === undefined || equals !== '=' || quoted === undefined || comma !== ',') return false;
    const [value = ''] = splitWords(quoted) ?? [];
    trail.assigned.set(name, {
      name,
      value: value.includes(UNKNOWN) ? undefined : value,
      get at() {
        return place(start, end);
      },
      from: `environment of [${section}] of ${file.from}`,
      secret: secret || file.secret,
      origin: 'pod',
    });
  }
  return true;
}

function wordsOf(
  { value, start, end }: IniOption,
  trail: Trail,
  names: Readonly<Record<string, string>>,
  { file, name }: IniSection,
): Word[] {
  const { text, secret } = fillPercent(value, trail, names);
  const [words = [UNKNOWN], asWritten] = [splitWords(text), splitWords(value)];
  return words.map((marked, index) => {
    const shown = asWritten?.length === words.length ? asWritten[index]! : secret ? '…' : marked;
    return wordOfFile(file, { start, end }, marked, {
      where: `[${name}] of ${file.from}`,
      written: shown,
      secret,
    });
  });
}
