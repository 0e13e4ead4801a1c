import { expect, test } from 'vitest';
import { readDockerfile } from './dockerfile.ts';

const madeOf = (text: string) =>
  readDockerfile({ path: 'Dockerfile', kind: 'file', text, editable: false }).config?.madeOf;

const KEPT = { image: 'nginx:1.27', startsAnew: false, runs: false, places: [] };

test.each<[string, string, object | undefined]>([
  ['nothing but the image', 'FROM nginx:1.27\nENV A=b\nEXPOSE 80\nLABEL a=b', KEPT],
  [
    'files',
    'FROM nginx:1.27\nCOPY --from=x a b /srv/\nADD c.tar /var',
    { ...KEPT, places: ['/srv/', '/var'] },
  ],
  ['files in JSON', 'FROM nginx:1.27\nCOPY ["a b", "/srv/c d"]', { ...KEPT, places: ['/srv/c d'] }],
  ['a text', 'FROM nginx:1.27\nCOPY <<EOF /etc/a\nlisten 80\nEOF', { ...KEPT, places: ['/etc/a'] }],
  [
    'a folder below another',
    'FROM nginx:1.27\nWORKDIR /srv\nWORKDIR a\nCOPY . ./b',
    { ...KEPT, places: ['/srv/a/b'] },
  ],
  ['a folder that is not known', 'FROM nginx:1.27\nCOPY . .', { ...KEPT, places: ['/'] }],
  ['a way out of a folder', 'FROM nginx:1.27\nWORKDIR /srv\nCOPY . ../etc', { ...KEPT, places: ['/etc'] }],
  ['a variable', 'ARG A=/srv\nFROM nginx:1.27\nARG A\nCOPY . $A/b', { ...KEPT, places: ['/srv/b'] }],
  ['a variable of the image below', 'FROM nginx:1.27\nCOPY . $HOME/b', { ...KEPT, places: ['/'] }],
  ['a command', 'FROM nginx:1.27\nCMD ["a"]', { ...KEPT, startsAnew: true }],
  ['an entry point', 'FROM nginx:1.27\nENTRYPOINT ["a"]', { ...KEPT, startsAnew: true }],
  ['a program that is run', 'FROM nginx:1.27\nRUN true', { ...KEPT, runs: true }],
  [
    'stages below',
    'FROM nginx:1.27 AS a\nWORKDIR /srv\nRUN true\nCOPY a b\nFROM node AS c\nRUN x\nCOPY . /c\nFROM a\nCMD a\nCOPY d e',
    { ...KEPT, runs: true, startsAnew: true, places: ['/srv/b', '/srv/e'] },
  ],
  [
    'only the last of them',
    'FROM node AS a\nRUN true\nFROM nginx:1.27\nCOPY --from=a /x /srv',
    { ...KEPT, places: ['/srv'] },
  ],
  ['nothing', 'FROM scratch\nCOPY a /', undefined],
  ['what only the build knows', 'ARG A\nFROM $A', undefined],
])('%s', (_, text, made) => {
  expect(madeOf(text)).toEqual(made);
});
