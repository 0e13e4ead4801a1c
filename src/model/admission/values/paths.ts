// Where files may be put: pkg/apis/core/validation.

/** validateLocalDescendingPath: below a folder, and never out of it. */
export const descendingFault = (path: string): string | undefined =>
  path.startsWith('/')
    ? 'must be a relative path'
    : path.split('/').includes('..')
      ? "must not contain '..'"
      : undefined;

/** ValidateLocalNonReservedPath: nor where the kubelet keeps its own. */
export const localPathFault = (path: string): string | undefined =>
  descendingFault(path) ?? (path.startsWith('..') ? "must not start with '..'" : undefined);
