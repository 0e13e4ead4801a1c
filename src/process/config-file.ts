import type { Located, Location } from '../text/source.ts';

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

/** A socket that a configuration file opens. */
export interface ConfigListener {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** `ipv6`: `[::]` as the only socket of this port. */
  readonly bind: 'all' | 'loopback' | 'ipv6';
  /** The directive as written, on one line: `listen 8080`. */
  readonly said: string;
  readonly at: Location;
  readonly file: ConfigFile;
}

/** What the files of one program say of its sockets. */
export interface ConfigReading {
  readonly listeners: readonly ConfigListener[];
  /** What of it is not understood, one phrase each without a full stop; while there is any, absence proves nothing. */
  readonly doubts: readonly string[];
}

/**
 * Reads the mounted files of one format. `main` is the file the program starts from; undefined where only included
 * files are mounted, and the image's own main file stays.
 */
export type ConfigReader = (files: readonly ConfigFile[], main: ConfigFile | undefined) => ConfigReading;
