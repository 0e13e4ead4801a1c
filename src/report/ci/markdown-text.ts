import { sanitizeLine } from '../sanitize.ts';

/**
 * Text as Markdown that says it letter by letter: no markup, no link, no line of its own. Whatever could be a mention
 * or a reference stands as code, since GitHub and GitLab look for those in what is rendered already; so do the names
 * that messages put between backticks.
 */
export const markdownText = (text: string): string =>
  sanitizeLine(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : part.split(/(\s+)/).map(word).join('')))
    .join('');

/** The same as code. Inside of a tag's text Markdown would still be read, but not what is spelled by number. */
export const code = (text: string): string => (text === '' ? '' : `<code>${spelled(text)}</code>`);

const word = (text: string): string =>
  /[@#!$~%&\\/]|\bwww\b|\bGH-/i.test(text) && /\w/.test(text) ? code(text) : spelled(text);

/** A character that is written by its number means nothing but itself (CommonMark 0.31, "Entity and numeric character references"). */
const spelled = (text: string): string =>
  text.replace(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`);
