import type { Location } from '../../text/source.ts';

/** A protocol as a controller or a backend has it: `HTTP`, `HTTPS`, `gRPC`, or another that is no HTTP. */
export interface Speech {
  readonly protocol: string;
  readonly ground: SpeechGround;
  /** The text that says it; undefined where a default or an image's fact does. */
  readonly at: Location | undefined;
  /** It sends what comes by plain HTTP to HTTPS, on the same port. */
  readonly redirects?: boolean;
}

/** How a protocol is known. */
export type SpeechGround =
  /** Somebody asks a controller for it, or nobody asks it for another. */
  | { readonly is: 'asked' | 'usual'; readonly of: string }
  | { readonly is: 'unlisted' | 'passthrough' | 'grpc-route' }
  /** What is declared of the port. */
  | { readonly is: 'https-port' | 'app-protocol' | 'service-port-name' | 'pod-port-name' }
  /** What the process does. */
  | { readonly is: 'speaks' | 'redirects'; readonly port: number | undefined };

/** How it is known, as a label says it. */
export function wordSpeech({ protocol, ground }: Speech): string {
  switch (ground.is) {
    case 'asked':
      return `makes ${ground.of} speak ${protocol}`;
    case 'usual':
      return `${ground.of} speaks ${protocol}`;
    case 'unlisted':
      return 'NGINX speaks HTTP to what no list names';
    case 'passthrough':
      return 'lets TLS pass to the backend';
    case 'grpc-route':
      return 'a GRPCRoute';
    case 'https-port':
      return 'the port of HTTPS';
    case 'app-protocol':
      return 'the protocol of the port';
    case 'service-port-name':
      return 'the name of the port';
    case 'pod-port-name':
      return 'the name that the Pod gives its port';
    case 'speaks':
      return `speaks ${protocol} on ${ground.port}`;
    case 'redirects':
      return `sends plain HTTP on ${ground.port} to HTTPS`;
  }
}
