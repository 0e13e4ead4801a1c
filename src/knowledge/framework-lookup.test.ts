import { describe, expect, test } from 'vitest';
import { findFramework } from './framework-lookup.ts';
import { frameworkFacts } from './lookup.ts';

describe('the table of frameworks', () => {
  const facts = frameworkFacts();

  test('no two share an id or a command', () => {
    const ids = facts.map(({ id }) => id);
    const commands = facts.flatMap(({ commands }) => commands);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(commands).size).toBe(commands.length);
  });

  test.each(facts.map((fact) => [fact.id, fact] as const))('%s is well formed', (_, fact) => {
    if (fact.status !== 'from memory') expect(fact.source).not.toEqual([]);
    for (const source of fact.source) {
      expect(source).toMatch(/^[\w.-]+\/[\w.-]+(:[\w./@-]+ @ [0-9a-f]{12}|#\d+)$|^https:\/\//);
    }
    expect(fact.bind).toMatch(/^(all|loopback|hostname|ipv6)$/);
    const settings = fact.ports.flatMap(({ moves }) => [...moves.env, ...moves.flags]);
    for (const { form } of settings) expect(form).toMatch(/^(port|address|host|list)$/);
    for (const command of fact.commands) expect(findFramework(command.split(' '))?.fact.id).toBe(fact.id);
  });
});

describe('findFramework', () => {
  test.each([
    ['flask --app shop run --port 80', 'flask-run', [0, 3]],
    ['flask --app=shop --debug run', 'flask-run', [0, 3]],
    ['flask -A run run', 'flask-run', [0, 2]],
    ['python -u -m http.server 80', 'python-http-server', [0, 2, 3]],
    ['vite preview --port 80', 'vite-preview', [0, 1]],
    ['vite build', 'vite', [0]],
    ['java -Xmx1g -jar app.jar', 'java', [0]],
  ])('%s', (command, id, used) => {
    const found = findFramework(command.split(' '));
    expect(found?.fact.id).toBe(id);
    expect([...found!.used]).toEqual(used);
  });

  test.each(['flask shop run', 'flask', 'rails console', 'node server.js', ''])('not %j', (command) =>
    expect(findFramework(command.split(' '))).toBeUndefined(),
  );
});
