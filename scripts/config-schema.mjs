// Writes the JSON Schema of portolan.config.yaml, for editors. Run after the bundle is built.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { configJsonSchema } = createRequire(import.meta.url)('../dist/config.cjs');
const schema = {
  $id: 'https://github.com/portolan-dev/portolan/raw/main/schema/config.schema.json',
  ...configJsonSchema(),
};
writeFileSync(
  new URL('../schema/config.schema.json', import.meta.url),
  `${JSON.stringify(schema, null, 2)}\n`,
);
