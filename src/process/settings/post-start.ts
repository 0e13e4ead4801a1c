import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Container } from '../../model/model.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';

/** Commands that write files or make a program read its configuration again. */
const REWRITES = /\b(sed|envsubst|tee|cp|mv|ln|install|reload|HUP|kill)\b|>/;

/** A hook that may write the configuration anew, as the image's own program is asked to read it again. */
export function postStartDoubts({ name, postStart }: Container, fact: ImageFact | FrameworkFact): Doubt[] {
  const script = (postStart ?? []).map(({ value }) => value).join(' ');
  const paths = 'match' in fact ? fact.configPaths : [];
  return REWRITES.test(script) || paths.some((path) => script.includes(path))
    ? [doubt('post-start', { container: name, fact })]
    : [];
}
