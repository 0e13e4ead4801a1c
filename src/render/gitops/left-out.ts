/** Why what a controller applies is not built, in words. Names and paths are shown as they are written. */
export const LEFT_OUT = {
  /** `its chart` is that of a HelmRepository: nothing is fetched. */
  notFetched: (what: string, kind: string, name: string): string =>
    `${what} of ${kind} ${code(name)}, which is not fetched`,
  elsewhere: (path: string, whose = ''): string => `${whose}${code(path)} lies elsewhere`,
  otherRepository: (path: string, repository: string): string =>
    `${code(path)} is a folder of GitRepository ${code(repository)}, another repository`,
  noFolder: (path: string): string => `${code(path)} is no folder of this repository`,
  plainFiles: (folder: string): string =>
    `${code(folder)} holds plain files, which are checked as they are written`,
  noKustomization: (folder: string): string =>
    `${code(folder)} holds no kustomization.yaml, so its files are checked as they are written`,
  valuesElsewhere: (): string => 'its values lie in another repository',
  valuesAbsent: (kind: string, name: string): string =>
    `its values come from ${kind} ${code(name)}, of which the repository does not hold them`,
  undecided: (why: string): string => `it is not followed: ${why}`,
} as const;

const code = (text: string): string => `\`${text}\``;
