/**
 * How the objects of applications lie in files: the ways that repositories show.
 *
 * @typedef {import('./apps.mjs').App} App
 * @typedef {{ path: string, text: string }} File
 */

import { ANCHOR, MERGE, writeYaml } from './yaml-writer.mjs';

const HELM = { indentLists: true };

/** What `helm template` prints: one stream for several releases, charts named in comments, values quoted. @param {App[]} apps */
export function helmStream(apps, path) {
  const documents = apps.flatMap(({ name, objects }) =>
    objects.map((object, index) => {
      const file = object.kind.toLowerCase();
      const style = index % 2 === 0 ? HELM : { ...HELM, quoteStrings: true };
      return `---\n# Source: ${name}/templates/${file}.yaml\n${writeYaml(object, style)}`;
    }),
  );
  return [{ path: `${path}.yaml`, text: documents.join('') }];
}

/** A file for each object, as beside a kustomization. @param {App} app */
export const fileEach = ({ objects }, path) =>
  objects.map((object, index) => ({
    path: `${path}/${String(index).padStart(2, '0')}-${object.kind.toLowerCase()}.yaml`,
    text: writeYaml(object),
  }));

/** Written by hand: one file for an application, with comments. @param {App} app */
export function oneFile({ name, objects }, path) {
  const documents = objects.map(
    (object) => `# ${object.kind} of ${name}\n${withComments(writeYaml(object, { indentLists: true }))}`,
  );
  return [
    {
      path: `${path}.yaml`,
      text: `# Deployed by the ${name} team; ask there first.\n${documents.join('---\n')}`,
    },
  ];
}

/** Saved on Windows. @param {App} app */
export const windowsFile = (app, path) =>
  oneFile(app, path).map((file) => ({ ...file, text: file.text.replaceAll('\n', '\r\n') }));

/** What `kubectl get -o yaml` prints. @param {App} app */
export const yamlList = ({ objects }, path) => [
  { path: `${path}.list.yaml`, text: writeYaml({ apiVersion: 'v1', items: objects, kind: 'List' }) },
];

/** @param {App} app */
export const jsonList = ({ objects }, path) => [
  {
    path: `${path}.json`,
    text: `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)}\n`,
  },
];

/** Labels written once and merged where they are wanted again. @param {App} app */
export function anchoredFile({ objects }, path) {
  const documents = objects.map((object) => writeYaml(shareLabels(object), { indentLists: true }));
  return [{ path: `${path}.yaml`, text: documents.join('---\n') }];
}

function shareLabels(object) {
  const template = object.spec?.template;
  if (!template?.metadata || !object.metadata.labels) return object;
  return {
    ...object,
    metadata: { ...object.metadata, labels: { ...object.metadata.labels, [ANCHOR]: 'labels' } },
    spec: {
      ...object.spec,
      template: {
        ...template,
        metadata: {
          ...template.metadata,
          labels: { [MERGE]: 'labels', 'app.kubernetes.io/component': 'server' },
        },
      },
    },
  };
}

const withComments = (text) =>
  text
    .replace(/^( *)resources:$/m, '$1# Measured in the last load test.\n$&')
    .replace(/^( *replicas: \d+)$/m, '$1 # the autoscaler may change this');
