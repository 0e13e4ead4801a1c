import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { largest } from './largest.ts';
import { trimEndOf } from './trim-end.ts';
import { joinFlowLines } from './yaml-flow.ts';

/** What begins an action of a text template: Go's and Jinja's, Terraform's, ERB's, and Go's with other brackets. */
const OPENER =
  /\{[{%]|%\{|<%|\[\[-?[ \t]*(?:[.$]|(?:if|else|end|range|with|template|include|define)\b|\w+[ \t]+["'.$])/g;

/**
 * In a document that does not parse, `@NAME@` of configure and CMake too: no plain value begins with an `@`. What
 * stands before it is looked at behind the sign, as it would be at every blank of a line otherwise.
 */
const OPENER_IN_LINE = new RegExp(`${OPENER.source}|@(?<=:[ \\t]+@)[A-Z][A-Z0-9_]*@`, 'g');

/** Whether a document that parses needs to be looked through: `%{` and `{%` never parse. */
export const mayBeTemplate = (document: string): boolean =>
  document.includes('{{') || document.includes('<%') || document.includes('[[');

/** Offset of the first opener in a text, at the start of one of its lines where `later` says so. */
function openerIn(text: string, later: boolean, opener = OPENER): number {
  for (const { index } of text.matchAll(opener)) {
    if (!later || startsLine(text, index)) return index;
  }
  return -1;
}

function startsLine(text: string, index: number): boolean {
  let before = index;
  while (text[before - 1] === ' ' || text[before - 1] === '\t') before--;
  return text[before - 1] === '\n' || text[before - 1] === '\r';
}

/**
 * Offset of the first action that makes a document a template. Quoted text and block scalars are no template: alert
 * rules, dashboards and workflows keep `{{ }}` there for someone else to fill in.
 */
export function templateAction(document: string, events: readonly Event[]): number | undefined {
  const open: { readonly map: boolean; atKey: boolean }[] = [];
  const step = (): boolean => {
    const parent = open.at(-1);
    if (!parent?.map) return false;
    parent.atKey = !parent.atKey;
    return !parent.atKey;
  };
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.MAPPING:
        if (event.style === COLLECTION_STYLE.FLOW && document.startsWith('{{', event.start))
          return event.start;
        step();
        open.push({ map: true, atKey: true });
        break;
      case EVENT_ID.SEQUENCE:
        if (event.style === COLLECTION_STYLE.FLOW && opensAction(document, event.start)) return event.start;
        step();
        open.push({ map: false, atKey: false });
        break;
      case EVENT_ID.POP:
        open.pop();
        break;
      case EVENT_ID.ALIAS:
        step();
        break;
      case EVENT_ID.SCALAR: {
        const isKey = step();
        if (event.style !== SCALAR_STYLE.PLAIN || event.valueStart < 0) break;
        const text = document.slice(event.valueStart, event.valueEnd);
        const at = text.startsWith('<%') ? 0 : openerIn(text, !isKey);
        if (at !== -1) return event.valueStart + at;
      }
    }
  }
  return undefined;
}

const OPENER_HERE = new RegExp(OPENER.source, 'y');

function opensAction(document: string, offset: number): boolean {
  OPENER_HERE.lastIndex = offset;
  return document.startsWith('[[', offset) && OPENER_HERE.test(document);
}

const BLOCK_SCALAR = /(?:^|[\s:-])[|>][-+0-9]{0,3}$/;
/** Up to the key, or the last dash, that the block scalar belongs to: its lines are indented further. */
const PARENT_INDENT = /^[ \t]*(?:-[ \t]+(?![|>]))*/;
const STARTS_A_VALUE = /(?:^|[ \t])(?:-|\?)[ \t]+$|:[ \t]+$|[[{,][ \t]*$/;
const ENDS_A_KEY = /^[^\s:]*:(?:\s|$)/;

/** The same question for a document that does not parse, as most templates do not: answered line by line. */
export function templateActionByLine(document: string): number | undefined {
  let blockIndent = -1;
  for (const { 0: line, index: start } of joinFlowLines(document).matchAll(/[^\r\n]+/g)) {
    const content = line.search(/[^ \t]/);
    if (content === -1) continue;
    if (blockIndent !== -1 && content > blockIndent) continue;
    const action = openerIn(line, false, OPENER_IN_LINE);
    if (action !== -1 && isAction(line, action)) return start + action;
    blockIndent = BLOCK_SCALAR.test(withoutComment(line)) ? (PARENT_INDENT.exec(line)?.[0].length ?? 0) : -1;
  }
  return undefined;
}

/** Only where a comment can follow the sign of a block: behind a blank. */
const withoutComment = (line: string): string => trimEndOf(line.split(/[ \t]#/, 1)[0]!, ' \t');

function isAction(line: string, action: number): boolean {
  const before = line.slice(0, action).replace(/"[^"]*"|'[^']*'/g, '');
  if (before.trim() === '') return true;
  if (/["']|(?:^|[ \t])#/.test(before)) return false;
  return STARTS_A_VALUE.test(before) || (!/:[ \t]/.test(before) && ENDS_A_KEY.test(afterActions(line)));
}

/** What follows the last action of a line; both its brackets are two characters long, whatever the language. */
const afterActions = (line: string): string =>
  line.slice(largest(['}}', '%}', '%>', ']]'].map((end) => line.lastIndexOf(end))) + 2);
