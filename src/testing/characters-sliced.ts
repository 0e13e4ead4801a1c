/** How many characters are cut out of texts while something runs: what is cut again and again shows in it. */
export function charactersSliced(run: () => void): number {
  const own = Object.getOwnPropertyDescriptor(String.prototype, 'slice')!;
  let characters = 0;
  Object.defineProperty(String.prototype, 'slice', {
    ...own,
    value(this: string, ...args: [number?, number?]) {
      const made = own.value.apply(this, args) as string;
      characters += made.length;
      return made;
    },
  });
  try {
    run();
  } finally {
    Object.defineProperty(String.prototype, 'slice', own);
  }
  return characters;
}
