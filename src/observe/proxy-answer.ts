import type { Answer } from '../model/observation.ts';
import { asksForTls } from './first-bytes.ts';
import type { HttpAnswer } from './http-answer.ts';

/** What the API server's proxy to a Pod or a Service tells. */
export type Proxied =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The proxy itself could not, or may not: nothing is known of what lies behind it. */
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * Reads an answer of `…/pods/NAME:PORT/proxy/` or `…/services/NAME:PORT/proxy/`. What the API server says itself is a
 * `Status`, in words of Go's net/http and net (k8s.io/apimachinery pkg/util/proxy/transport.go, `RoundTrip`;
 * k8s.io/kubernetes pkg/registry/core/service/storage/storage.go, `ResourceLocation`).
 */
export function readProxied(answer: HttpAnswer): Proxied {
  const { status, body } = answer;
  const own = ownStatus(answer);
  if (own === undefined) {
    return { kind: 'answer', answer: asksForTls(status, body) ? { kind: 'tls' } : { kind: 'http', status } };
  }
  // What the proxy meets itself it tells as a fault of its own; a program may say the same words with another status.
  const found = status >= 500 ? WORDS.find(([pattern]) => pattern.test(own)) : undefined;
  return found ? { kind: 'answer', answer: found[1] } : { kind: 'unknown', why: own };
}

const WORDS: readonly (readonly [RegExp, Answer])[] = [
  [/connect: connection refused|no endpoints available for service/, { kind: 'refused' }],
  [/i\/o timeout|context deadline exceeded|Client\.Timeout exceeded/, { kind: 'timeout' }],
  // The first bytes are quoted: those of a TLS record.
  [/malformed HTTP (?:response|status code|version) "\\x1[56]\\x03/, { kind: 'tls' }],
  [/malformed (?:HTTP|MIME) |server sent GOAWAY|http2: /, { kind: 'tcp' }],
  // Taken, and closed without a word: something is there.
  [
    /: (?:unexpected )?EOF\b|connection reset by peer|broken pipe|server closed idle connection/,
    { kind: 'tcp' },
  ],
];

/** The message of a `Status` of the API server; undefined where somebody behind it answered. */
export function ownStatus({ status, headers, body }: HttpAnswer): string | undefined {
  if (status < 400 || !headers['content-type']?.startsWith('application/json')) {
    // The proxy's own faults come as plain text in some versions.
    return status >= 500 && body.startsWith('error trying to reach service:') ? body.trim() : undefined;
  }
  try {
    const said = JSON.parse(body) as { kind?: unknown; apiVersion?: unknown; message?: unknown } | null;
    const isOwn = said?.kind === 'Status' && said.apiVersion === 'v1' && typeof said.message === 'string';
    return isOwn ? (said.message as string) : undefined;
  } catch {
    return undefined;
  }
}
