import type { Wordings } from './wording.ts';

/** Where a person would say the file is: `nginx.conf of ConfigMap shop/web`. */
interface InFile {
  readonly from: string;
}

/** What can be unknown of a configuration file as a whole, and of what stands in it. */
export interface ConfigFileDoubts {
  /** Something that is written in it; `written`: undefined where it may be secret. */
  readonly 'text-not-followed': InFile & {
    readonly written: string | undefined;
    readonly why: NotFollowed;
  };
  readonly 'file-not-followed': InFile & { readonly why: FileNotFollowed };
  readonly 'file-unread': InFile & { readonly program: string };
  readonly 'file-not-included': InFile;
  readonly 'server-without-listen': InFile;
  /** `directory`: undefined where it may be secret. */
  readonly 'directory-of-image': { readonly directory: string | undefined };
  /** `component`: undefined where it may be secret. */
  readonly 'component-unknown': InFile & { readonly component: string | undefined; readonly section: string };
  readonly 'plugin-not-followed': InFile & { readonly plugin: string };
  readonly 'property-unsaid': { readonly key: string };
}

/** Why something in a file says nothing for sure, as a person would go on behind it. */
const NOT_FOLLOWED = {
  'binds-address-alone': 'binds an address without saying the port',
  'binds-interface': 'binds the addresses of one interface',
  'binds-interface-or-namespace': 'binds one interface or namespace',
  'binds-one-or-name': 'binds one address or a name',
  'can-open': 'can open a socket of its own',
  'closes-below': 'closes sections below it',
  'decides-what-counts': 'decides what of the file counts',
  'from-elsewhere': 'brings configuration from elsewhere',
  'free-port': 'takes any free port',
  'includes-too-many': 'is one include more than is followed',
  'may-name-absent-files': 'can name files that the input does not hold',
  'names-absent-file': 'names a file that the input does not hold',
  'names-no-address': 'names no address',
  'names-no-endpoint': 'names no endpoint',
  'names-no-port': 'names no port',
  'peer-of-itself': 'listens where it names the process itself',
  'too-many-ports': 'opens too many ports to follow',
  'under-condition': 'counts under a condition',
  unknown: 'is not known, and can open a port',
  'unknown-transport': 'is of a transport that is not known',
  'unreadable-port': 'names no port that can be read',
  'value-outside': 'takes a value that the input does not hold',
} as const;

export type NotFollowed = keyof typeof NOT_FOLLOWED;

export type FileNotFollowed = keyof typeof FILES;

/** Why a file says nothing for sure, as a person would go on behind its name. */
const FILES = {
  erlang: 'is written in Erlang, which is not followed',
  'imports-too-much': 'imports too much to follow',
  'includes-too-much': 'includes too much to follow',
  json: 'is JSON, which is not followed',
  'no-bind-ip': 'names no bindIp: localhost to mongod, every address to the entrypoint of its image',
  'not-to-its-end': 'is not understood to its end',
  'parts-elsewhere': 'takes parts of itself from elsewhere',
  template: 'is a template that is not filled in',
  'traefik-1': 'is written for Traefik 1, whose defaults differ',
  'under-profile': 'counts under a profile alone',
  'unreadable-toml': 'is not TOML that can be read',
  'unreadable-yaml': 'is not YAML that can be read',
} as const;

export const CONFIG_FILE_DOUBTS: Wordings<ConfigFileDoubts> = {
  'text-not-followed': ({ written, from, why }) =>
    `${written === undefined ? 'a setting' : `\`${written}\``} in ${from} ${NOT_FOLLOWED[why]}`,
  'file-not-followed': ({ from, why }) => `${from} ${FILES[why]}`,
  'file-unread': ({ program, from }) => `${program} is not known to read ${from}`,
  'file-not-included': ({ from }) => `nginx is not known to include ${from}`,
  'server-without-listen': ({ from }) =>
    `a server without \`listen\` in ${from} is on 8000 where nginx does not start as root`,
  'directory-of-image': ({ directory = 'a directory that is included' }) =>
    `the image can have files of its own in ${directory}, which nginx reads too`,
  'component-unknown': ({ component, section, from }) =>
    `${component === undefined ? 'a component' : `\`${component}\``} of ${section} in ${from} is not known, and can listen`,
  'plugin-not-followed': ({ plugin, from }) =>
    `the listeners of ${plugin}, which ${from} enables, are not followed`,
  'property-unsaid': ({ key }) =>
    `${key} is not in the files that are mounted, and the application can set it`,
};
