import { expect, test } from 'vitest';
import { decode } from '../../model/decode.ts';
import { resourceSet } from '../../model/resource-set.ts';
import { type SourceFile, textOf } from '../../text/source.ts';
import { readYaml } from '../../text/yaml.ts';
import { wordDoubt } from '../listeners/doubts/doubt.ts';
import { configMap, pod, secret } from '../testing-containers.ts';
import { covers, type MountedFiles, mountedFiles } from './mounted-files.ts';

const inWords = ({ unknown }: MountedFiles): { path: string; doubt: string }[] =>
  unknown.map(({ path, doubt }) => ({ path, doubt: wordDoubt(doubt) }));

/** What is mounted into the Pod's container; `mounts` and `volumes` are a flow list's inside. */
function mounted(mounts: string, volumes: string, objects = ''): MountedFiles {
  const text = pod(`volumeMounts: [${mounts}]`, `volumes: [${volumes}]`) + objects;
  const source: SourceFile = { path: 'shop.yaml', kind: 'file', text, editable: true };
  const resources = readYaml(text).documents.flatMap(({ root }) =>
    root ? decode(source, root, 'shop') : [],
  );
  const model = resourceSet('', resources);
  const { template } = model.workloads[0]!;
  return mountedFiles(template.containers[0]!, template, {
    configMap: (name) => model.configMap('shop', name),
    secret: (name) => model.secret('shop', name),
    services: () => [],
  });
}

/** Each file as `path=value`. */
const seen = ({ files }: MountedFiles): string[] => files.map(({ path, text }) => `${path}=${text.value}`);

const WEB = '{ name: web, configMap: { name: web } }';
const OBJECTS = configMap('web', 'a.conf: A, b.conf: B');

test('a ConfigMap becomes a directory of its keys, which hides that of the image', () => {
  const all = mounted('{ name: web, mountPath: /etc//app/ }', WEB, OBJECTS);
  expect(seen(all)).toEqual(['/etc/app/a.conf=A', '/etc/app/b.conf=B']);
  expect(all).toMatchObject({ covered: ['/etc/app'], unknown: [] });
  expect(all.files[0]).toMatchObject({ from: 'a.conf of ConfigMap shop/web', secret: false });
  expect(textOf(all.files[0]!.text.at)).toBe('A');
  expect([covers(all, '/etc/app/'), covers(all, '/etc/app/x'), covers(all, '/etc')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('items choose keys and name their files', () => {
  const items = '{ name: web, configMap: { name: web, items: [{ key: b.conf, path: sites/shop.conf }] } }';
  expect(seen(mounted('{ name: web, mountPath: /etc/app }', items, OBJECTS))).toEqual([
    '/etc/app/sites/shop.conf=B',
  ]);
});

test('subPath mounts one file, and hides no other', () => {
  const all = mounted('{ name: web, mountPath: /etc/app/app.conf, subPath: a.conf }', WEB, OBJECTS);
  expect(seen(all)).toEqual(['/etc/app/app.conf=A']);
  expect(all).toMatchObject({ covered: [], unknown: [] });
});

test('subPath may be a directory of items', () => {
  const items =
    '{ name: web, configMap: { name: web, items: [{ key: b.conf, path: sites/b }, { key: a.conf, path: a }] } }';
  const all = mounted('{ name: web, mountPath: /etc/app, subPath: sites }', items, OBJECTS);
  expect(seen(all)).toEqual(['/etc/app/b=B']);
  expect(all.covered).toEqual(['/etc/app']);
});

test('a deeper mount is seen inside a shallower one, in whatever order they stand', () => {
  const mounts =
    '{ name: more, mountPath: /etc/app/a.conf, subPath: c.conf }, { name: web, mountPath: /etc/app }';
  const volumes = `${WEB}, { name: more, configMap: { name: more } }`;
  const all = mounted(mounts, volumes, OBJECTS + configMap('more', 'c.conf: C'));
  expect(seen(all).toSorted()).toEqual(['/etc/app/a.conf=C', '/etc/app/b.conf=B']);
});

test('S-097 a Secret is decoded, and said to be one', () => {
  const all = mounted(
    '{ name: s, mountPath: /run/s }',
    '{ name: s, secret: { secretName: s } }',
    secret('s', 'x: S'),
  );
  expect(seen(all)).toEqual(['/run/s/x=S']);
  expect(all.files[0]).toMatchObject({ from: 'x of Secret shop/s', secret: true });
});

test('projected sources lie over one another', () => {
  const sources =
    '{ configMap: { name: web } }, { secret: { name: s, items: [{ key: x, path: b.conf }] } }, { serviceAccountToken: { path: token } }, { downwardAPI: { items: [{ path: labels }] } }';
  const all = mounted(
    '{ name: p, mountPath: /etc/app }',
    `{ name: p, projected: { sources: [${sources}] } }`,
    OBJECTS + secret('s', 'x: S'),
  );
  expect(seen(all)).toEqual(['/etc/app/a.conf=A', '/etc/app/b.conf=S']);
  expect(inWords(all)).toEqual([
    { path: '/etc/app/token', doubt: 'serviceAccountToken is filled in at run time' },
    { path: '/etc/app/labels', doubt: 'downwardAPI is filled in at run time' },
  ]);
  expect([covers(all, '/etc/app'), covers(all, '/etc/app/conf.d')]).toEqual([false, true]);
});

test.each([
  [
    'S-094 an object that the input lacks',
    WEB,
    '',
    { path: '/etc/app', doubt: 'ConfigMap web is not in the input' },
  ],
  [
    'an optional one',
    '{ name: web, secret: { secretName: web, optional: true } }',
    '',
    { path: '/etc/app', doubt: 'Secret web is not in the input' },
  ],
  [
    'a key that the object lacks',
    '{ name: web, configMap: { name: web, items: [{ key: gone, path: g }] } }',
    OBJECTS,
    { path: '/etc/app/g', doubt: 'ConfigMap web has no key gone' },
  ],
  [
    'a directory that is filled at run time',
    '{ name: web, emptyDir: {} }',
    '',
    { path: '/etc/app', doubt: 'volume web at /etc/app is filled at run time' },
  ],
  [
    'a claim',
    '{ name: web, persistentVolumeClaim: { claimName: x } }',
    '',
    { path: '/etc/app', doubt: 'volume web at /etc/app is filled at run time' },
  ],
  [
    'a volume that is not there',
    '',
    '',
    { path: '/etc/app', doubt: 'volume web at /etc/app is filled at run time' },
  ],
])('%s is not known', (_, volume, objects, doubt) => {
  const all = mounted('{ name: web, mountPath: /etc/app }', volume, objects);
  expect(all.files).toEqual([]);
  expect(inWords(all)).toEqual([doubt]);
  expect(covers(all, '/etc/app')).toBe(false);
});

test('an optional source may lack a key', () => {
  const items = '{ name: web, configMap: { name: web, optional: true, items: [{ key: gone, path: g }] } }';
  expect(mounted('{ name: web, mountPath: /etc/app }', items, OBJECTS)).toMatchObject({
    files: [],
    unknown: [],
  });
});

test('S-096 what a ConfigMap holds as binaryData is a file whose text is not known', () => {
  const binary = configMap('web', 'a.conf: A', 'binaryData: { b: ODA= }');
  const all = mounted('{ name: web, mountPath: /etc/app }', WEB, binary);
  expect(seen(all)).toEqual(['/etc/app/a.conf=A']);
  expect(inWords(all)).toEqual([{ path: '/etc/app/b', doubt: 'b of ConfigMap shop/web is binary' }]);
});

test.each([
  ['subPath: gone', 'volume web has no gone'],
  ['subPathExpr: $(NAME).conf', 'volume web has no $(NAME).conf'],
])('%s names nothing that is known', (field, doubt) => {
  const all = mounted(`{ name: web, mountPath: /etc/app/x, ${field} }`, WEB, OBJECTS);
  expect(all).toMatchObject({ files: [], covered: [] });
  expect(inWords(all)).toEqual([{ path: '/etc/app/x', doubt }]);
});

test('subPath into an object that the input lacks is that path alone', () => {
  const all = mounted('{ name: web, mountPath: /etc/app/x, subPath: a.conf }', WEB);
  expect(inWords(all)).toEqual([{ path: '/etc/app/x', doubt: 'ConfigMap web is not in the input' }]);
});
