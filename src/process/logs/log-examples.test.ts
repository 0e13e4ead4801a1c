import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type LogPattern, logPatterns } from '../../knowledge/log-patterns.ts';
import { frameworkFacts, imageFacts } from '../../knowledge/lookup.ts';
import { listeningPorts } from './log-lines.ts';
import { logMatches } from './log-matches.ts';

interface Entry extends LogPattern {
  readonly example: string;
  readonly expect: { readonly port?: number; readonly host?: string; readonly scheme?: string };
}

const entries = load(
  readFileSync(new URL('../../../facts/log-lines.yaml', import.meta.url), 'utf8'),
) as readonly Entry[];
const SOURCE = /^[\w.-]+\/[\w.-]+(:[\w./@-]+ @ [0-9a-f]{12}|#\d+)$/;
const factIds = new Set([...imageFacts(), ...frameworkFacts()].map(({ id }) => id));

test('the table is that of the data, without what people read', () => {
  expect(logPatterns().map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  expect(Object.keys(logPatterns()[0]!)).not.toContain('example');
});

describe.each(entries.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
  test('its example says what is expected', () => {
    const [match] = logMatches(entry.example).filter(({ pattern }) => pattern.id === id);
    expect(match).toMatchObject({ line: 1, text: entry.example.trimEnd() });
    const { listeners, events } = listeningPorts(entry.example);
    if (entry.kind === 'listen') {
      expect(listeners.map(({ port }) => port)).toEqual([entry.expect.port]);
      const own = listeners.find(({ pattern }) => pattern.id === id);
      if (!entry.generic) expect(own).toBeDefined();
      if (own) expect({ host: own.host, scheme: own.scheme }).toEqual(wanted(entry));
    } else {
      const event = events.find(({ pattern }) => pattern.id === id);
      expect(event?.port).toBe(entry.expect.port);
      expect({ host: event?.host, scheme: event?.scheme }).toEqual(wanted(entry));
    }
  });

  test('says where it was read, or that it was not', () => {
    expect(entry.status).toMatch(/^(verified|partly verified|from memory)$/);
    expect(entry.source === undefined).toBe(entry.status === 'from memory');
    for (const source of entry.source ?? []) expect(source).toMatch(SOURCE);
  });

  test('names image facts that there are, and only where one port is announced', () => {
    for (const fact of entry.facts ?? []) expect(factIds).toContain(fact);
    if (entry.facts) expect(entry).toMatchObject({ kind: 'listen', once: true });
    if (entry.facts) expect(entry.status).not.toBe('from memory');
  });

  test('a long line without an end is no trap', () => {
    const part = entry.example.replace(/\d+/g, '');
    for (const filler of [part, `${part} `, `${part}a`, `${part}: `, `${part}{[(`]) {
      expect(logMatches(filler.repeat(100_000 / filler.length)).length).toBeLessThan(entries.length);
    }
  });
});

const wanted = ({ expect: { host, scheme } }: Entry): unknown => ({ host, scheme });
