import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { allRules } from '../src/rules/index.ts';

const examples = new URL('../examples/', import.meta.url);

function checkFolder(folder: string): ReturnType<typeof check> {
  const files = readdirSync(new URL(`${folder}/`, examples)).sort();
  return check(
    files.map((file) => ({
      path: `${folder}/${file}`,
      text: readFileSync(new URL(`${folder}/${file}`, examples), 'utf8'),
      kind: 'file',
      editable: true,
    })),
    { rules: allRules },
  );
}

test('the working set is whole from the Internet to the process', () => {
  const { sets, errors } = checkFolder('audiobookshelf');
  expect(errors).toEqual([]);
  expect(sets.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual([]);
  expect(
    sets.flatMap(({ graph }) => graph.chains.map(({ entry, state }) => `${entry.kind} ${state}`)),
  ).toEqual(['ingress whole']);
});

test.each(readdirSync(new URL('broken/', examples)))('broken/%s breaks as it says', (folder) => {
  const { sets, errors } = checkFolder(`broken/${folder}`);
  const said = /portolan finds: ([a-z-]+)/.exec(
    readFileSync(new URL(`broken/${folder}/app.yaml`, examples), 'utf8'),
  )?.[1];
  const found = sets.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'));
  expect(errors).toEqual([]);
  expect(found.map(({ rule }) => rule)).toEqual([said]);
});

const APIS = readdirSync(examples).filter((folder) =>
  readdirSync(new URL(`${folder}/`, examples)).includes('whole'),
);

test.each(APIS)('%s/whole is whole from the Internet to the process', (api) => {
  const { sets, errors } = checkFolder(`${api}/whole`);
  const told = sets.flatMap(({ findings }) => findings.filter(({ severity }) => severity !== 'info'));
  expect(errors).toEqual([]);
  expect(told.map(({ message }) => message)).toEqual([]);
  const states = sets.flatMap(({ graph }) => graph.chains.map(({ state }) => state));
  expect(states.length).toBeGreaterThan(0);
  expect(states.filter((state) => state !== 'whole')).toEqual([]);
});

test.each(APIS)('%s/broken breaks as it says', (api) => {
  const { sets, errors } = checkFolder(`${api}/broken`);
  const said = readdirSync(new URL(`${api}/broken/`, examples)).flatMap((file) =>
    Array.from(
      readFileSync(new URL(`${api}/broken/${file}`, examples), 'utf8').matchAll(/portolan finds: ([a-z-]+)/g),
      ([, rule]) => rule,
    ),
  );
  const told = sets.flatMap(({ findings }) => findings.filter(({ severity }) => severity !== 'info'));
  expect(errors).toEqual([]);
  expect(said.length).toBeGreaterThan(0);
  expect(told.map(({ rule }) => rule)).toEqual(said);
});
