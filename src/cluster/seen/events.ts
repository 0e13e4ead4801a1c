import type { Observation, Subject } from '../../model/observation.ts';
import type { Sink } from '../http/read-list.ts';
import { at, type JsonObject, textAt } from '../json.ts';

type Said = Omit<Observation, 'subject'> & { readonly container?: string | undefined };

/** Warnings of the cluster, by what they regard: the newest of each reason. */
export class Events {
  readonly #byObject = new Map<string, { readonly subject: Subject; readonly said: Map<string, Said> }>();

  take(event: JsonObject): void {
    const involved = (key: string): string => textAt(event, 'involvedObject', key) ?? '';
    const [kind, namespace, name] = [involved('kind'), involved('namespace'), involved('name')];
    const key = [kind, namespace, name].join('/');
    const group = /^([^/]+)\//.exec(involved('apiVersion'))?.[1] ?? '';
    const known = this.#byObject.get(key) ?? { subject: { kind, group, namespace, name }, said: new Map() };
    const said = saidOf(event, involved('fieldPath'));
    const which = `${said.container}\0${textAt(event, 'reason')}\0${wordsOf(textAt(event, 'message') ?? '')}`;
    if ((known.said.get(which)?.at ?? '') <= (said.at ?? '')) known.said.set(which, said);
    this.#byObject.set(key, known);
  }

  about({ kind, namespace, name }: Subject): readonly Said[] {
    return [...(this.#byObject.get([kind, namespace, name].join('/'))?.said.values() ?? [])];
  }

  /** Of all but Pods, which are told of what made them. */
  all(): Observation[] {
    return [...this.#byObject.values()].flatMap(({ subject, said }) =>
      subject.kind === 'Pod' ? [] : [...said.values()].map(({ container, ...one }) => ({ ...one, subject })),
    );
  }
}

export const eventSink = (): Sink<Events> => {
  const events = new Events();
  return { take: (event) => events.take(event), end: () => events };
};

/** The three kinds of probes fail for one reason, `Unhealthy`; all else that differs in a message is one thing. */
const wordsOf = (message: string): string => /^\w+ probe/.exec(message)?.[0] ?? '';

function saidOf(event: JsonObject, fieldPath: string): Said {
  const count = at(event, 'count') ?? at(event, 'series', 'count');
  const time = ['lastTimestamp', 'eventTime', 'firstTimestamp'].map((key) => textAt(event, key));
  const container = /^spec\.(?:initContainers|containers)\{([^}]*)\}$/.exec(fieldPath)?.[1];
  return {
    at: textAt(event, 'series', 'lastObservedTime') ?? time.find((one) => one !== undefined),
    container,
    what: {
      kind: 'event',
      type: 'Warning',
      reason: textAt(event, 'reason') ?? '',
      message: textAt(event, 'message') ?? '',
      ...(typeof count === 'number' ? { count } : {}),
    },
  };
}
