// `npm run new-rule ID "Summary."`: writes a rule's three files from a template and lists it. The template is a whole
// rule: it passes every test as it is, and finds only Service ports that are called like the rule.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

const [id = '', summary = 'Says in one sentence what is wrong.'] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)+$/.test(id)) {
  console.error(
    'usage: npm run new-rule ID ["Summary."]   an id is kebab-case and reads after "allow": unresolved-target-port',
  );
  process.exit(2);
}
if (!/^[A-Z].*\.$/.test(summary)) {
  console.error('a summary is one sentence, with a capital and a full stop');
  process.exit(2);
}
const fileOf = (ending) => new URL(`../src/rules/${id}${ending}`, import.meta.url);
if (existsSync(fileOf('.ts'))) {
  console.error(`src/rules/${id}.ts is there already`);
  process.exit(2);
}
const name = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const quoted = summary.includes("'") ? JSON.stringify(summary) : `'${summary}'`;

const manifests = (portName, mark = '') => `apiVersion: v1
kind: Service
metadata: { name: quay, namespace: harbour }
spec:
  selector: { app: quay }
  ports:
    - name: ${portName}${mark}
      port: 80
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: quay, namespace: harbour }
spec:
  selector: { matchLabels: { app: quay } }
  template:
    metadata: { labels: { app: quay } }
    spec:
      containers:
        - name: quay
          image: ghcr.io/example/quay:1.4
          ports:
            - name: http
              containerPort: 8080
`;

writeFileSync(
  fileOf('.ts'),
  `import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import { defineRule, type Rule } from './rule.ts';

const ${name}: Rule = defineRule({
  id: '${id}',
  severity: 'warning',
  summary: ${quoted},

  *check(graph) {
    for (const link of graph.targetPorts) {
      const { service, servicePort, workload, declared } = link;
      // What is wrong, asked of the graph; an error needs a link that is broken.
      if (servicePort.name?.value !== '${id}' || !declared?.name) continue;
      const { name } = declared;
      yield {
        message: \`\${describe(service)} calls a port \\\`${id}\\\`, and \${describe(workload)} calls it \\\`\${name.value}\\\`\`,
        resources: [service, workload],
        field: \`spec.ports[\${keyOf(servicePort)}].name\`,
        link,
        labels: [
          { at: servicePort.name.at, message: 'the smallest text that is wrong' },
          { at: name.at, message: 'the other end' },
        ],
        notes: ['why it bites, and the source of a fact that it rests on'],
        fixes: [
          {
            title: \`call it \\\`\${name.value}\\\`\`,
            applicability: 'unsafe',
            edits: [{ at: servicePort.name.at, text: name.value }],
          },
        ],
      };
    }
  },
});

export default ${name};
`,
);
writeFileSync(
  fileOf('.test.ts'),
  `import { testRule } from '../testing/test-rule.ts';
import rule from './${id}.ts';

testRule(rule, {
  accepts: {
    'what is right': \`
${manifests('http')}\`,
  },
  rejects: {
    'what is wrong': \`
${manifests(id, ` # warning: ${id}`)}\`,
  },
});
`,
);
writeFileSync(
  fileOf('.md'),
  `# ${id}

${summary}

## What it finds

What it looks at, and what it leaves to other rules.

## Why it breaks

What happens to the traffic, and what a user sees of it.

## Broken

\`\`\`yaml
${manifests(id)}\`\`\`

## Fixed

\`\`\`yaml
${manifests('http')}\`\`\`

## See for yourself

A command that shows it in a cluster.
`,
);
execFileSync(process.execPath, [new URL('rules-index.mjs', import.meta.url).pathname], { stdio: 'inherit' });
// An id and a summary of any length fill lines of any length.
const written = ['.ts', '.test.ts'].map((ending) => fileOf(ending).pathname);
execFileSync('npx', ['biome', 'format', '--write', ...written], { stdio: ['ignore', 'ignore', 'inherit'] });
console.log(`src/rules/${id}.ts, .test.ts and .md are there, and src/rules/index.ts lists the rule`);
