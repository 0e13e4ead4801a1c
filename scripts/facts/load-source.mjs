// Imports a module of src/ as it is, for scripts that need what the program itself uses.
import { build } from 'esbuild';

const root = new URL('../../', import.meta.url);

export async function loadSource(path) {
  const { outputFiles } = await build({
    entryPoints: [new URL(path, root).pathname],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
