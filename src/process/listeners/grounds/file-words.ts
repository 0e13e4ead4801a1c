/** What of a mounted file tells of a socket: a line of it as it is written, or what stands for one. */
export type FileSays = string | Unquoted;

export type Unquoted =
  /** The line may hold a secret. */
  | { readonly is: 'port'; readonly port: number }
  /** Settings that it leaves out, so that the program's own count. */
  | { readonly is: 'left-out'; readonly settings: readonly string[] }
  /** A part that leaves one out; undefined where its name may be secret. */
  | { readonly is: 'part'; readonly part: string | undefined; readonly without: string }
  /** What makes Traefik open an entry point that no line names. */
  | { readonly is: 'user'; readonly key: string; readonly entryPoint: string };

/** `listen 8080`, `no port directive`, `server without listen`. */
export function wordFile(said: FileSays): string {
  if (typeof said === 'string') return said;
  switch (said.is) {
    case 'port':
      return `port ${said.port}`;
    case 'left-out':
      return said.settings.map((one) => `no ${one}`).join(' and ');
    case 'part':
      return `${said.part ?? 'a component'} without ${said.without}`;
    case 'user':
      return `${said.key} on the entry point ${said.entryPoint}`;
  }
}

export const leftOut = (...settings: readonly string[]): Unquoted => ({ is: 'left-out', settings });
