import { LineStarts } from '../source.ts';
import { trimEndOf } from '../trim-end.ts';
/** An address of a host inside a text. */
export interface Address {
  /** Lower case, without a trailing dot. */
  readonly host: string;
  /** The port that is written; undefined where it is left out. */
  readonly port: number | undefined;
  /** `http` of `http://api`; undefined for a bare `host:port`. */
  readonly scheme: string | undefined;
  /** Range of the text that is the port, or of the host where there is no port. */
  readonly start: number;
  readonly end: number;
  /**
   * `sure`: a URL, or a directive that dials. `bare`: the whole of a value. `loose`: two words with a colon between
   * in some text, which may be an image and its tag.
   */
  readonly form: 'sure' | 'bare' | 'loose';
}

/** Up to the path. */
const AUTHORITY = /:\/\/([^\s"'`<>\\/?#]+)/g;
/** At the end of what stands before it; no scheme is longer. */
const SCHEME = /[a-z][a-z0-9+.-]{0,31}$/i;
const LONGEST_SCHEME = 32;
/** Another address of a list, of which only the scheme is left where the first one was read up to its slashes. */
const NEXT_SCHEME = /,[a-z][a-z0-9+.-]{0,31}:$/i;
const HOST_AND_PORT = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)\.?(?::(\d{1,5}))?$/i;
/** An address of IPv6 and its port. */
const BRACKETED = /^(\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/i;
/** Directives of nginx and HAProxy that dial what they name. */
const DIALLED =
  /\b(?:(?:proxy|fastcgi|grpc|uwsgi|scgi|memcached)_pass|server(?:[ \t]+[\w.-]+)?)[ \t]+([a-z0-9][a-z0-9.-]*):(\d{1,5})\b/gi;
/** `proxy_pass $up:3100`, which puts a port behind what `set $up http://host;` says. */
const BEHIND =
  /\b(?:proxy|fastcgi|grpc|uwsgi|scgi|memcached)_pass[ \t]+(?:[a-z]+:\/\/)?\$(\w+):(\d{1,5})\b/gi;
const SET =
  /(?<![^\s;{])set[ \t]+\$(\w{1,64})[ \t]+["']?(?:[a-z]{1,8}:\/\/)?([a-z0-9][a-z0-9.-]{0,253})["']?[ \t]*;/gi;
/** `map … $up { … }` and its like, which give a variable other values. */
const GIVEN = /\$(\w+)[ \t]*\{/g;
/** The head of such a group, before its brace, and a server in it. */
const UPSTREAM_HEAD = /^\s*upstream\s+\S+$/i;
const SERVER = /^\s*server\s+(\S+)/i;
const HOST = /^[a-z0-9][a-z0-9.-]*$/i;
/** A group of servers of nginx, which a URL without a port means before any host of that name. */
const UPSTREAM = /\bupstream[ \t]{1,8}["']?([a-z0-9][\w.-]{0,255})/gi;
const LOOSE = /(?<![\w.:/@$-])([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*):(\d{2,5})(?![\w.:-])/gi;
const BARE = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)\.?:(\d{1,5})(?:\/\S*)?$/i;

/** Every address in the value of a variable or in an argument: URLs, and `host:port` as the whole or in a list. */
export function addressesInValue(text: string): Address[] {
  const found = urlsIn(text);
  if (found.length > 0) return found;
  // `--redis=redis:6379`: what a flag is given.
  const flag = /^--?[\w.-]+=/.exec(text)?.[0].length ?? 0;
  let from = flag;
  for (const part of text.slice(flag).split(/[,;\s]+/)) {
    const start = text.indexOf(part, from);
    from = start + part.length;
    const [, host = '', digits = ''] = BARE.exec(part) ?? BRACKETED.exec(part) ?? [];
    if (host !== '' && digits !== '')
      found.push(address(host, digits, undefined, start + part.indexOf(`:${digits}`) + 1, 'bare'));
  }
  return found;
}

/** Every address in a configuration file that is not commented out. */
export function addressesInFile(text: string): Address[] {
  const found = urlsIn(text);
  for (const [pattern, form] of [
    [DIALLED, 'sure'],
    [LOOSE, 'loose'],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const [whole, host = '', digits = ''] = match;
      found.push(address(host, digits, undefined, match.index + whole.length - digits.length, form));
    }
  }
  const isCommentedOut = commentsIn(text);
  for (const one of putTogether(text, isCommentedOut)) found.push(one);
  const taken = new Set<number>();
  const upstreams = new Set(Array.from(text.matchAll(UPSTREAM), ([, name]) => name!.toLowerCase()));
  const named = found.filter(({ host, port }) => port !== undefined || !upstreams.has(host));
  return [...named, ...(upstreams.size > 0 ? portlessServersIn(text) : [])].filter(({ start }) => {
    if (taken.has(start) || isCommentedOut(start)) return false;
    taken.add(start);
    return true;
  });
}

/** Hosts of nginx's variables with the ports that are put behind them, where one host alone is set. */
function putTogether(text: string, isCommentedOut: (offset: number) => boolean): Address[] {
  if (!text.includes('_pass')) return [];
  const hosts = new Map<string, Set<string>>();
  const given = new Set(Array.from(text.matchAll(GIVEN), ([, name]) => name));
  for (const { 1: name = '', 2: host = '', index } of text.matchAll(SET))
    if (!isCommentedOut(index)) hosts.set(name, (hosts.get(name) ?? new Set()).add(host));
  return Array.from(text.matchAll(BEHIND)).flatMap(({ 0: whole, 1: name = '', 2: digits = '', index }) => {
    const [host, ...others] = hosts.get(name) ?? [];
    if (host === undefined || others.length > 0 || given.has(name)) return [];
    return [address(host, digits, undefined, index + whole.length - digits.length, 'sure')];
  });
}

/**
 * Servers without a port in the groups of nginx, which are on 80 then (`ngx_http_upstream_module`); where it passes TCP
 * on, it does not start without one.
 */
function portlessServersIn(text: string): Address[] {
  const found: Address[] = [];
  let open: number | undefined;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (open !== undefined)
      for (const one of portlessServersOf(text.slice(open, index), open)) found.push(one);
    const head = brace === '{' ? text.slice(Math.max(0, index - 300), index).trimEnd() : '';
    open = UPSTREAM_HEAD.test(head.split(/[;{}\n]/).at(-1)!) ? index + 1 : undefined;
  }
  return found;
}

function* portlessServersOf(block: string, offset: number): Generator<Address> {
  let end = offset;
  for (const statement of block.split(/[;\n]/)) {
    const [before = '', host = ''] = SERVER.exec(statement) ?? [];
    const last = end + before.length;
    if (HOST.test(host)) yield { ...address(host, '', 'http', last - host.length, 'sure'), end: last };
    end += statement.length + 1;
  }
}

/** What stands behind each `://`, which of a list is the next address, too. */
function authoritiesIn(text: string): { readonly written: string; readonly index: number }[] {
  const found: { written: string; index: number }[] = [];
  AUTHORITY.lastIndex = 0;
  for (let match = AUTHORITY.exec(text); match; match = AUTHORITY.exec(text)) {
    found.push({ written: match[1]!, index: match.index });
    if (text[AUTHORITY.lastIndex - 1] === ':') AUTHORITY.lastIndex--;
  }
  return found;
}

function urlsIn(text: string): Address[] {
  if (!text.includes('://')) return [];
  return authoritiesIn(text).flatMap(({ written, index }) => {
    const scheme = SCHEME.exec(text.slice(Math.max(0, index - LONGEST_SCHEME), index))?.[0];
    if (scheme === undefined) return [];
    const authority = text.startsWith('//', index + '://'.length + written.length)
      ? written.replace(NEXT_SCHEME, '')
      : written;
    const at = authority.lastIndexOf('@') + 1;
    let start = index + '://'.length + at;
    return authority
      .slice(at)
      .split(',')
      .flatMap((part) => {
        const from = start;
        start += part.length + 1;
        const trimmed = trimEndOf(part, ')]}.;,|&');
        const [, host = '', digits = ''] = HOST_AND_PORT.exec(trimmed) ?? BRACKETED.exec(trimmed) ?? [];
        if (host === '') return [];
        const place = digits === '' ? from : from + trimmed.length - digits.length;
        const one = address(host, digits, scheme.toLowerCase(), place, 'sure');
        if (digits === '' && isSetAside(text, index - scheme.length)) return [];
        return [digits === '' ? { ...one, end: from + host.length } : one];
      });
  });
}

/** `set $up http://host;` of nginx, and its `map … $up { … }`, which `proxy_pass $up:3100` puts a port behind. */
const isSetAside = (text: string, offset: number): boolean =>
  /(?:^|[\s;{])set[ \t]+\$\w+[ \t]+["']?$/.test(text.slice(Math.max(0, offset - 80), offset)) ||
  isMapped(text, offset);

/** Within a block of nginx that gives a variable its value. */
function isMapped(text: string, offset: number): boolean {
  const open = text.lastIndexOf('{', offset);
  if (open < 0 || text.lastIndexOf('}', offset) > open) return false;
  const head = text.slice(Math.max(0, open - 120), open).trimEnd();
  return /^\s*(?:map|geo|split_clients)\s/.test(head.split(/[;{}\n]/).at(-1)!);
}

function address(
  host: string,
  digits: string,
  scheme: string | undefined,
  start: number,
  form: Address['form'],
): Address {
  const name = host.toLowerCase();
  return {
    host: name,
    port: digits === '' ? undefined : Number(digits),
    scheme,
    start,
    end: start + digits.length,
    // Nobody calls an image so.
    form: form === 'loose' && /\.svc(\.|$)/.test(name) ? 'sure' : form,
  };
}

/**
 * Where comments of the formats that people mount begin: the line begins with their sign, or it stands behind a blank.
 * Each line is looked at once, however many addresses it holds.
 */
function commentsIn(text: string): (offset: number) => boolean {
  const lines = new LineStarts(text);
  const known = new Map<number, number>();
  return (offset) => {
    const from = offset - (lines.positionOf(offset).column - 1);
    const there = known.get(from) ?? from + commentIn(lineAt(text, from));
    known.set(from, there);
    return there < offset;
  };
}

function commentIn(line: string): number {
  if (/^\s*(?:#|\/\/|;|--|\*|<!--)/.test(line)) return 0;
  const behind = line.search(/\s#/);
  return behind < 0 ? line.length : behind;
}

function lineAt(text: string, from: number): string {
  const until = text.indexOf('\n', from);
  return text.slice(from, until < 0 ? text.length : until);
}
