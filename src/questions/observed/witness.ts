/** One who says which port it is, what it is called, or whose it is. */
export interface Witness {
  readonly who:
    | 'targetPort'
    | 'containerPort'
    | 'setting'
    | 'log'
    | 'socket'
    | 'connection'
    | 'ingressClassName'
    | 'controller';
  readonly says: string;
  /**
   * `cause`: it is wrong, and is why nothing is answered. `harmless`: it is wrong, and nothing comes of it. `suspect`:
   * it may be the cause, and what was seen does not tell.
   */
  readonly verdict: 'right' | 'cause' | 'harmless' | 'suspect';
}
