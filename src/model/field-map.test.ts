import { expect, test } from 'vitest';
import { fieldMap } from './field-map.ts';

test.each([0, 1, 6, 16, 17])('%i fields are told as a map tells them', (count) => {
  const entries = Array.from({ length: count }, (_, at) => [`name-${count - at}`, { at }] as const);
  const [map, fields] = [new Map(entries), fieldMap(entries)];
  const told: unknown[] = [];
  fields.forEach((value, name) => {
    told.push([name, value]);
  });
  expect(told).toEqual(entries);
  expect([...fields]).toEqual([...map]);
  expect([...fields.entries()]).toEqual([...map.entries()]);
  expect([...fields.keys()]).toEqual([...map.keys()]);
  expect([...fields.values()]).toEqual([...map.values()]);
  expect(fields.size).toBe(count);
  for (const [name, value] of map) expect(fields.get(name)).toBe(value);
  expect(fields.get('length')).toBeUndefined();
  expect(fields.has('name-1')).toBe(count > 0);
  expect(fields.has('constructor')).toBe(false);
});
