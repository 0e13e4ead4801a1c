/** Why a run cannot begin. Whoever asked for the run words it for their reader, or takes the words as they are. */
export interface Problem {
  readonly kind: 'configuration' | 'log' | 'container' | 'standard-input' | 'baseline' | 'git';
  /** The file that it is about, as shown; `-` for standard input. */
  readonly path: string;
  /** 1-based; left out where it is about all of the file. */
  readonly line?: number;
  readonly column?: number;
  /** One sentence that can stand behind the place. */
  readonly message: string;
}

/** One problem is one sentence with its place; those of a configuration come as a list. */
export function wordProblems(problems: readonly Problem[]): string {
  const lines = problems.map(wordProblem);
  return lines.length === 1 ? lines[0]! : ['the configuration cannot be used', ...lines].join('\n  ');
}

function wordProblem({ kind, path, line, column, message }: Problem): string {
  switch (kind) {
    case 'configuration':
      return line === undefined ? `${path}: ${message}` : `${path}:${line}:${column}: ${message}`;
    case 'baseline':
      return line === undefined ? `${path}: ${message}` : `${path}:${line}: ${message}`;
    case 'log':
      return `the log ${path} cannot be used: ${message}`;
    default:
      return message;
  }
}
