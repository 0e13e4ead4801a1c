/** What stands behind the last `/`: a file's name, a program's, an image's. All of the text where there is none. */
export const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What stands before the last `/`; empty for what lies in no folder, or in the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
