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
  /** `its values` of a file that is not there, or lies out of the repository. */
  noValuesFile: (path: string): string => `its values ${code(path)} are no file of this repository`,
  fileParameters: (): string => 'it has `fileParameters`, which are not followed',
  circle: (folder: string): string =>
    `${code(folder)} is built already where this is told: it goes round in a circle`,
  tooDeep: (builds: number): string =>
    `it is told by the last of ${builds} builds that lead to one another, and is not followed`,
  tooMany: (objects: number): string =>
    `builds print more than ${objects} objects of Flux and Argo CD, and the others are not followed`,
  toldIdly: (by: string): string => `${code(by)} alone tells of it, and is not applied itself`,
  undecided: (why: string): string => `it is not followed: ${why}`,
} as const;

const code = (text: string): string => `\`${text}\``;
