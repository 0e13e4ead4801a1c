/** Transport protocols that Kubernetes ports carry; the words are case-sensitive there (S-012). */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** An omitted protocol is TCP everywhere (S-012). A word that Kubernetes does not know is taken for TCP too. */
export const protocolOf = (protocol: { readonly value: string } | undefined): Protocol =>
  PROTOCOLS.find((known) => known === protocol?.value) ?? 'TCP';
