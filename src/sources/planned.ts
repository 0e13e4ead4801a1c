/** What a run makes of a root: a kustomization, a chart, a compose file, or what a controller applies. */
export interface Planned {
  /**
   * As shown: the folder of a kustomization or a chart, the file of a compose project or of a controller's object; the
   * folder whose build printed that object where no file holds it as it is applied; a file that was switched off.
   */
  readonly path: string;
  readonly kind: 'kustomize' | 'helm' | 'compose' | 'flux' | 'argo-cd';
  /** Name of the controller's object that tells of it. */
  readonly object?: string;
  /**
   * `built`: what the renderer printed is checked. `raw`: its files are checked as they are written, and what would be
   * changed of them is unproved. `left-out`: it is not checked. `failed`: the renderer refused; its files are read raw.
   */
  readonly state: 'built' | 'raw' | 'left-out' | 'failed';
  /** The set that it is checked in, where that is not its own. */
  readonly set?: string;
  /** The renderer: `kustomize`, `kubectl kustomize`, `helm`. */
  readonly with?: string;
  /** Why it is not built; one phrase. */
  readonly reason?: string;
  /** What to do about that. */
  readonly help?: string;
  /** Files beside it that are other ways to apply it: values of a chart. */
  readonly beside?: readonly string[];
}
