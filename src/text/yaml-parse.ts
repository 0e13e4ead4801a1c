import { EVENT_ID, type Event, parseEvents } from 'js-yaml';
import { errorOf, isIndentationOfFlow } from './yaml-error.ts';
import { joinFlowLines, mayHoldColonAsText } from './yaml-flow.ts';
import type { YamlDocument, YamlError } from './yaml-node.ts';
import { mayBeTemplate, templateAction, templateActionByLine } from './yaml-template.ts';
import { TreeBuilder } from './yaml-tree.ts';

/** Deep enough for every schema in use, and far from the end of the call stack. */
const MAX_DEPTH = 1000;

/** Has the parser read a document. Adds what it reads to `documents` or `errors`; answers with the place of a template action, if there is one. */
export function parseDocument(
  text: string,
  start: number,
  documents: YamlDocument[],
  errors: YamlError[],
  isFinal = false,
): number | undefined {
  let events: readonly Event[] | undefined;
  try {
    events = eventsOf(text);
    const action = !isFinal && mayBeTemplate(text) ? templateAction(text, events) : undefined;
    if (action !== undefined) return start + action;
    for (const document of new TreeBuilder(text, start).build(events)) documents.push(document);
  } catch (thrown) {
    const action = events === undefined && !isFinal ? templateActionByLine(text) : undefined;
    if (action !== undefined) return start + action;
    errors.push(errorOf(thrown, start));
  }
  return undefined;
}

function eventsOf(text: string): readonly Event[] {
  if (mayHoldColonAsText(text)) return eventsOfJoined(text);
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (thrown) {
    if (!isIndentationOfFlow(thrown)) throw thrown;
    return eventsOfJoined(text);
  }
}

/** `fast` says that a scalar is one line as it stands; in the original it may not be. */
const eventsOfJoined = (text: string): readonly Event[] =>
  parseEvents(joinFlowLines(text), { maxDepth: MAX_DEPTH }).map((event) =>
    event.type === EVENT_ID.SCALAR ? { ...event, fast: false } : event,
  );
