// `npm run new-rule ID "Summary."`: writes a rule's three files from a template and lists it.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

const [id = '', summary = 'Says in one sentence what is wrong.'] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)+$/.test(id)) {
  console.error(
    'usage: npm run new-rule ID ["Summary."]   an id is kebab-case and reads after "allow": unresolved-target-port',
  );
  process.exit(2);
}
const fileOf = (ending) => new URL(`../src/rules/${id}${ending}`, import.meta.url);
if (existsSync(fileOf('.ts'))) {
  console.error(`src/rules/${id}.ts is there already`);
  process.exit(2);
}
const name = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

writeFileSync(
  fileOf('.ts'),
  `import { describe } from '../model/describe.ts';
import { defineRule, type Rule } from './rule.ts';

const ${name}: Rule = defineRule({
  id: '${id}',
  severity: 'error',
  summary: '${summary}',

  *check(graph) {
    for (const link of graph.targetPorts) {
      if (link.state !== 'broken') continue;
      yield {
        message: \`\${describe(link.service)} says what is\`,
        resources: [link.service, link.workload],
        field: 'spec.ports',
        link,
        labels: [{ at: link.servicePort.at, message: 'the smallest text that is wrong' }],
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
    // 'what is right': \`YAML\`,
  },
  rejects: {
    // 'what is wrong': \`YAML with # error: ${id} on the line that is wrong\`,
  },
});
`,
);
writeFileSync(
  fileOf('.md'),
  `# ${id}

${summary}

## What it finds

## Why it breaks

## Broken

\`\`\`yaml
\`\`\`

## Fixed

\`\`\`yaml
\`\`\`

## See for yourself
`,
);
execFileSync(process.execPath, [new URL('rules-index.mjs', import.meta.url).pathname], { stdio: 'inherit' });
console.log(`src/rules/${id}.ts, .test.ts and .md are there, and src/rules/index.ts lists the rule`);
