/** Transport protocols that Kubernetes ports carry; the words are case-sensitive there (S-012). */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
