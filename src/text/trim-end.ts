/**
 * A text without any of some characters at its end. A pattern such as `/[x]+$/` begins anew at each of them where
 * they do not stand at the end, which for many of them never ends.
 */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
