import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unexpanded-variable.ts';

const pod = (container: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: lugger, namespace: harbour }
spec:
  containers:
    - name: hold
      image: ghcr.io/example/lugger
      ${container.replaceAll('\n', '\n      ')}
`;
const PORT = 'env: [{ name: PORT, value: "8080" }]';
const MARK = ' # warning: unexpanded-variable';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'S-101 B10 what Kubernetes replaces': pod(`args: ["--port=$(PORT)"]\n${PORT}`),
    'B10 a shell replaces it': pod(`command: [sh, -c, "lugger --port=\${PORT} --host=$HOST"]\n${PORT}`),
    'B10 a shell by its path, given as args': pod(`args: [/bin/bash, -ec, "lugger --port=$PORT"]\n${PORT}`),
    'B10 a command inside a script': pod('command: [sh, -c, "lugger --name=$(hostname -s)"]'),
    'B10 another tool fills it in': pod('args: ["--port=${PORT}"]'),
    'S-102 B10 it was meant so': pod(`args: ["--port=$$PORT", "--url=$$(PORT)"]\n${PORT}`),
    'B10 Spring replaces it': pod(`command: [java, -jar, x.jar, "--server.port=\${PORT}"]\n${PORT}`),
    'B10 the ENTRYPOINT may be a shell': pod(`args: ["lugger --port=\${PORT}"]\n${PORT}`),
    'B10 what is no port is none of ours': pod(
      'args: ["--log=${LEVEL}"]\nenv: [{ name: LEVEL, value: info }]',
    ),
    'S-094 B10 a source that is not in the input may have it': pod(
      'args: ["--port=$(HOLD)"]\nenvFrom: [{ secretRef: { name: gone } }]',
    ),
    'S-105 B10 a Service outside the input may give it': pod('args: ["--db=$(BOOKS_SERVICE_HOST)"]'),
    'S-101 B10 it is set above': pod(
      'env: [{ name: PORT, value: "8080" }, { name: ADDRESS, value: ":$(PORT)" }]',
    ),
    'S-101 B10 it comes from envFrom': all(
      pod('envFrom: [{ configMapRef: { name: hold } }]\nenv: [{ name: ADDRESS, value: ":$(PORT)" }]'),
      '\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: hold, namespace: harbour }\ndata: { PORT: "8080" }\n',
    ),
  },
  rejects: {
    'S-103 B10 a shell spelling without a shell': pod(
      `${PORT}\ncommand:\n  - lugger\n  - --port=\${PORT}${MARK}`,
    ),
    'S-103 B10 without braces': pod(`${PORT}\nargs:\n  - --port=$PORT${MARK}`),
    'S-103 B10 the value of a Secret': all(
      pod(
        `env: [{ name: PORT, valueFrom: { secretKeyRef: { name: hold, key: PORT } } }]\nargs:\n  - --port=\${PORT}${MARK}`,
      ),
    ),
    'S-105 B10 nothing has the name': pod(`${PORT}\nargs:\n  - --port=$(PROT)${MARK}`),
    'B10 a shell takes it for a command': pod(
      `${PORT}\ncommand:\n  - sh\n  - -c\n  - lugger --port=$(HTTPPORT)${MARK}`,
    ),
    'S-101 B10 it is set further down': pod(
      `env:\n  - name: ADDRESS\n    value: :$(PORT)${MARK}\n  - name: PORT\n    value: "8080"`,
    ),
    'S-101 B10 a variable of the image': pod(`env:\n  - name: PATH\n    value: /hold:$(PATH)${MARK}`),
  },
});

const only = (manifest: string): ReturnType<typeof findingsOf>[number] => {
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

test('offers the spelling of Kubernetes, and the nearest name', () => {
  const titles = (container: string): string[] => only(pod(container)).fixes.map(({ title }) => title);
  expect(titles(`args: ["--port=\${PORT}"]\n${PORT}`)).toEqual(['write $(PORT)']);
  expect(titles(`args: ["--port=$(PROT)"]\n${PORT}`)).toEqual(['write $(PORT)']);
  expect(titles('args: ["--port=$(PORT)"]')).toEqual([]);
});

test('marks the reference alone, and where its value is', () => {
  const { labels, message } = only(pod(`args: ["--port=\${PORT}"]\n${PORT}`));
  expect(message).toBe(
    'container `hold` of Pod `harbour/lugger` has `${PORT}` in its args, which only a shell replaces, and none is there',
  );
  expect(labels.map(({ at }) => at.source.text.slice(at.start, at.end))).toEqual(['${PORT}', '"8080"']);
});
