/** Kustomize knows its file by the name, and both fields may be left out. */
export const isKustomization = (kind: string, apiVersion: string, path: string): boolean =>
  apiVersion.startsWith('kustomize.config.k8s.io/') ||
  (apiVersion === '' &&
    (kind === 'Kustomization' || (kind === '' && /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path))));

export const isFluxKustomization = (kind: string, apiVersion: string): boolean =>
  kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');

export const isArgoApplication = (kind: string, apiVersion: string): boolean =>
  (kind === 'Application' || kind === 'ApplicationSet') && apiVersion.startsWith('argoproj.io/');
