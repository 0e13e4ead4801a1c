import type { Located, Location } from '../../text/source.ts';
import type { Doubt } from '../listeners/doubts/doubt.ts';
import type { FileSays } from '../listeners/grounds/file-words.ts';

/** A file that a ConfigMap or Secret puts into a container. */
export interface ConfigFile {
  /** Where the container finds it: `/etc/nginx/conf.d/shop.conf`. */
  readonly path: string;
  /** The key's value; its `at` is the value's place in the manifest. */
  readonly text: Located<string>;
  /** Where a person would say it is: `nginx.conf of ConfigMap shop/web`. */
  readonly from: string;
  /** True for a Secret's: nothing of it but ports may be shown. */
  readonly secret: boolean;
}

export type ConfigSpeech = 'HTTP' | 'HTTPS' | 'unknown';

/** A socket that a configuration file opens. */
export interface ConfigListener {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** `ipv6`: `[::]` as the only socket of this port. `hostname`: the Pod's own address, from a variable. */
  readonly bind: 'all' | 'loopback' | 'ipv6' | 'hostname';
  /** What it speaks, where the file says so; `unknown` where it is not what the program speaks elsewhere. */
  readonly speaks?: ConfigSpeech | undefined;
  /** The directive as written, on one line: `listen 8080`. */
  readonly said: FileSays;
  readonly at: Location;
  readonly file: ConfigFile;
}

/** What the files of one program say of its sockets. */
export interface ConfigReading {
  readonly listeners: readonly ConfigListener[];
  /** What of it is not understood; while there is any, absence proves nothing. */
  readonly doubts: readonly Doubt[];
}

/** What the process finds under the name of a variable. */
export type VariableValue =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'unset' }
  /** `status.podIP`: known to be the Pod's address, and no more. */
  | { readonly kind: 'pod-ip' }
  | { readonly kind: 'unknown' };

/** What a reader may ask about the container around the files. */
export interface ConfigSurroundings {
  variable(name: string): VariableValue;
  /** True where a volume covers a directory, so that nothing of the image is left in it. */
  covers(directory: string): boolean;
  /** The image's tag; undefined is taken for the newest. */
  readonly tag: string | undefined;
}

/**
 * Reads the mounted files of one format. `main` is the file the program starts from; undefined where only included
 * files are mounted, and the image's own main file stays. Without `around` no variable is known and no directory is
 * covered. Variables and arguments that win over a file are not its matter: it says what the files say.
 */
export type ConfigReader = (
  files: readonly ConfigFile[],
  main: ConfigFile | undefined,
  around?: ConfigSurroundings,
) => ConfigReading;
