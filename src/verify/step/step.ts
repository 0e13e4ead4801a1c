import type { Subject } from '../../model/observation.ts';

/** A Pod that is looked at for all of its shape. */
export interface Chosen {
  readonly namespace: string;
  readonly name: string;
  /** The containers that run now, the one that declares a port first. */
  readonly running: readonly string[];
}

interface Asked {
  /** Whose observation it becomes. */
  readonly subject: Subject;
  /** What a person can run to see the same, in full. */
  readonly command: string;
}

/** One thing that is asked of the cluster or of what runs there: data, so that it can be shown before it is done. */
export type Step =
  | (Asked & {
      readonly kind: 'log';
      readonly pod: Chosen;
      readonly container: string;
      readonly previous: boolean;
    })
  | (Asked & { readonly kind: 'sockets'; readonly pod: Chosen })
  /** Through the API server's proxy, which dials the Pod's address. */
  | (Asked & { readonly kind: 'pod'; readonly pod: Chosen; readonly port: number })
  /** By port-forward, which dials localhost in the Pod. */
  | (Asked & { readonly kind: 'localhost'; readonly pod: Chosen; readonly port: number })
  | (Asked & {
      readonly kind: 'service';
      readonly namespace: string;
      readonly name: string;
      readonly port: number;
      readonly path: string;
    })
  | (Asked & Way & { readonly kind: 'controller' })
  | (Asked & Outside & { readonly kind: 'outside' })
  | (Asked & { readonly kind: 'inside'; readonly namespace: string; readonly dials: readonly Dial[] });

/** What a route serves, and where its controller is reached. */
export interface Way {
  /** As the route says it, `*.example.com` as well. */
  readonly host: string | undefined;
  readonly path: string;
  /** The port of the route, which may be another than that of the address. */
  readonly port: number;
  readonly tls: boolean;
  readonly address: { readonly host: string; readonly port: number };
  /** Where the same is served without TLS; undefined for a way that is, or where that is not known. */
  readonly plain: { readonly host: string; readonly port: number } | undefined;
  /** The host of the request. */
  readonly asked: string;
  /** The Service behind it, if it is one alone: whether it answers the same tells who answered. */
  readonly behind: { readonly namespace: string; readonly name: string; readonly port: number } | undefined;
}

/** A port that clients outside reach without a route, dialled from where this runs. */
export interface Outside {
  readonly dialled: 'node' | 'load-balancer';
  readonly address: string;
  readonly port: number;
  /** The port of the Service that it leads to, or of the Pod for a hostPort. */
  readonly behind: number;
  /** What of it would tell nothing of the cluster, and why. */
  readonly doubt: { readonly of: readonly ('refused' | 'timeout')[]; readonly why: string } | undefined;
}

/** What a Pod in the cluster dials. */
export interface Dial {
  readonly subject: Subject;
  readonly dialled: 'service' | 'pod';
  /** What a person can run to dial the same. */
  readonly command: string;
  /** A name of the cluster's DNS, or an address. */
  readonly host: string;
  readonly port: number;
}

/** What a step does, in words, for the terminal and for `--dry-run`. */
export function sayStep(step: Step): string {
  switch (step.kind) {
    case 'log':
      return `read the log of ${step.previous ? 'the run before this one of ' : ''}container ${step.container} of Pod ${nameOf(step.pod)}`;
    case 'sockets':
      return `list the sockets of Pod ${nameOf(step.pod)}`;
    case 'pod':
      return `dial port ${step.port} of the address of Pod ${nameOf(step.pod)}`;
    case 'localhost':
      return `dial port ${step.port} of localhost in Pod ${nameOf(step.pod)}`;
    case 'service':
      return `ask Service ${nameOf(step)} at port ${step.port}`;
    case 'controller':
      return `ask ${hostPort(step.address.host, step.address.port)} for ${urlOf(step)}`;
    case 'outside':
      return `dial port ${step.port} of ${step.dialled === 'node' ? 'node' : 'the load balancer'} ${step.address} from here`;
    case 'inside':
      return `run one Pod in namespace ${step.namespace} that dials ${step.dials.map(({ host, port }) => `${host}:${port}`).join(', ')}, and delete it`;
  }
}

const urlOf = ({ tls, asked, path }: Pick<Way, 'tls' | 'asked' | 'path'>): string =>
  `${tls ? 'https' : 'http'}://${asked}${path}`;

const nameOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`;

/** The paths of the API server that a step takes. */
export function requestsOf(step: Step): string[] {
  switch (step.kind) {
    case 'log':
      return [
        `GET ${podPath(step.pod)}/log?container=${step.container}${step.previous ? '&previous=true' : ''}`,
      ];
    case 'sockets':
      return [`EXEC ${podPath(step.pod)}/exec: cat ${PROC_NET.join(' ')}`];
    case 'pod':
      return [`GET ${podPath(step.pod)}:${step.port}/proxy/`];
    case 'localhost':
      return [`PORT-FORWARD ${podPath(step.pod)}/portforward?ports=${step.port}: GET /`];
    case 'service':
      return [`GET ${servicePath(step)}`];
    case 'controller':
      return [
        `GET ${urlOf(step)} at ${hostPort(step.address.host, step.address.port)}`,
        ...(step.behind
          ? [`GET ${servicePath({ ...step.behind, path: step.path })}, where HTTP comes back: who answered?`]
          : []),
        ...(step.plain
          ? [
              `GET ${urlOf({ ...step, tls: false })} at ${hostPort(step.plain.host, step.plain.port)}, where the controller knows no such route`,
            ]
          : []),
      ];
    case 'outside':
      return [`CONNECT ${hostPort(step.address, step.port)}: GET /`];
    case 'inside':
      return [
        `POST /api/v1/namespaces/${step.namespace}/pods`,
        `GET /api/v1/namespaces/${step.namespace}/pods/NAME and NAME/log`,
        `DELETE /api/v1/namespaces/${step.namespace}/pods/NAME`,
      ];
  }
}

/** IPv6 in brackets. */
export const hostPort = (host: string, port: number): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

export const PROC_NET = ['/proc/net/tcp', '/proc/net/tcp6', '/proc/net/udp', '/proc/net/udp6'] as const;

export const podPath = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `/api/v1/namespaces/${namespace}/pods/${name}`;

export const servicePath = ({
  namespace,
  name,
  port,
  path,
}: {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly path: string;
}): string => `/api/v1/namespaces/${namespace}/services/${name}:${port}/proxy${encodeURI(path)}`;
