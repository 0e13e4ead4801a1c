import { NOT_DIALLED } from '../../graph/clients/names.ts';
import type { Location } from '../../text/source.ts';

/** An address on localhost in a text of a container. */
export interface LocalhostDialled {
  /** The name of the variable, the argument's place, or the name in a file. */
  readonly setting: string;
  readonly at: Location;
  /** Where a person would say it is: `env`, `Secret shop/keys`. */
  readonly from: string;
  readonly secret: boolean;
  /** As it is written: `localhost`, `127.0.0.1`, `::1`. */
  readonly host: string;
  readonly number: number;
  /** Whether it is dialled, whatever the setting is called; else the name has to say so, or whose it is. */
  readonly isSure: boolean;
}

export const LOCALHOST: RegExp = /^(?:localhost|127(?:\.\d{1,3}){3}|ip6-localhost|\[?::1\]?)$/i;
/** What browsers and people are told, and what a process tells of itself: no container dials it. */
const FOR_OTHERS =
  /PUBLIC|EXTERNAL|FRONT_?END|CLIENT_URL|NEXTAUTH|(^|_)(APP|BASE|ROOT|SITE|WEB|UI|HOME|SELF|SERVER)_?(URL|URI|ADDR|ADDRESS|HOST)|PROBE|HEALTH|PPROF|DEBUG|METRICS/i;

/** Whether a name says that no container dials what it holds. */
export const isForOthers = (name: string): boolean =>
  NOT_DIALLED.test(name) || FOR_OTHERS.test(name.replace(/[.-]/g, '_'));
