// Builds a folder for any static host: the docs, a page for each rule, and the playground, which checks in the browser.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { Marked } from 'marked';
import { minify } from 'terser';
import { chainAlone } from './chain-alone.mjs';
import { leanYaml } from './lean-yaml.mjs';
import { nothingSeen } from './nothing-seen.mjs';
import { NOT_IN_TEXT, rulesInText } from './rules-in-text.mjs';

const to = process.argv.find((argument) => argument.startsWith('--to='))?.slice('--to='.length) ?? 'site';
rmSync(to, { recursive: true, force: true });

const put = (path, text) => {
  mkdirSync(dirname(join(to, path)), { recursive: true });
  writeFileSync(join(to, path), text);
};
const read = (path) => readFileSync(path, 'utf8');
const namesIn = (folder, ending) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();

/** A module of the sources, as it is when it runs. */
async function load(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    write: false,
    loader: { '.md': 'text' },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

/** The colours of the picture, which are those of the site. */
const { PAGE_STYLE } = await load('src/report/map/theme.ts');
const { concepts } = await load('src/concepts/concepts.ts');
const { fixedExample } = await load('src/concepts/fixed-example.ts');

/** What a browser has of the facts: files of their own, which change when the code does not. */
const FACTS = /\/src\/(?:knowledge|model\/admission)\/(\w+)\.json$/;
const facts = {};
const factsApart = {
  name: 'facts-apart',
  setup(esbuild) {
    esbuild.onLoad({ filter: FACTS }, ({ path }) => {
      const [, name] = FACTS.exec(path);
      facts[name] = JSON.parse(read(path));
      return { contents: `module.exports = globalThis.portolanFacts.${name};` };
    });
  },
};

await build({
  entryPoints: { playground: 'src/playground/main.tsx', style: 'src/playground/playground.css' },
  outdir: join(to, 'playground'),
  bundle: true,
  minify: true,
  platform: 'browser',
  target: ['es2022', 'chrome105', 'firefox113', 'safari16.4'],
  format: 'iife',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.md': 'text' },
  legalComments: 'none',
  logLevel: 'warning',
  charset: 'utf8',
  plugins: [factsApart, leanYaml, nothingSeen, chainAlone, rulesInText],
});

// Names that terser gives out repeat more, what repeats packs smaller, and it leaves out what esbuild keeps.
const written = join(to, 'playground/playground.js');
const { code } = await minify(read(written), {
  ecma: 2022,
  compress: { passes: 3, inline: 1 },
  mangle: true,
});
writeFileSync(written, code);

const rules = namesIn('src/rules', '.md').map((name) => basename(name, '.md'));
const blockUnder = (page, title) =>
  new RegExp(`^## ${title}\\n[\\s\\S]*?^\`\`\`yaml\\n([\\s\\S]*?)^\`\`\``, 'm').exec(page)?.[1] ?? '';
const examplesOfRules = Object.fromEntries(
  rules.flatMap((rule) => {
    if (NOT_IN_TEXT.has(rule)) return [];
    const page = read(`src/rules/${rule}.md`);
    const [broken, fixed] = ['Broken', 'Fixed'].map((title) => blockUnder(page, title));
    return broken === '' ? [] : [[rule, { page, broken, fixed }]];
  }),
);
const examplesOfConcepts = concepts.map(({ id, name, rules }) => {
  const page = read(`src/concepts/${id}.md`);
  const broken = blockUnder(page, 'Broken');
  return { name, rules, page, broken, fixed: fixedExample(broken, page) };
});

const script = (name, value) => `globalThis.${name} = ${JSON.stringify(value).replaceAll('<', '\\u003c')};\n`;
put('playground/facts.js', script('portolanFacts', facts));
put(
  'playground/examples.js',
  script('portolanExamples', { rules: examplesOfRules, concepts: examplesOfConcepts }),
);
put('playground/style.css', `${PAGE_STYLE}\n${read(join(to, 'playground/style.css'))}`);
put(
  'playground/index.html',
  htmlOf({
    title: 'playground',
    body: '<div id="page"><noscript><p>The playground checks in your browser, and needs JavaScript for it.</p></noscript></div>',
    head: `<link rel="stylesheet" href="style.css">
${['facts', 'examples', 'playground'].map((name) => `<script src="${name}.js" defer></script>`).join('\n')}`,
    // Nothing is asked of anywhere, and so nothing leaves.
    policy: "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'",
  }),
);

/** Where each Markdown file of the repository comes to lie. */
const places = new Map([
  ['README.md', 'index.html'],
  ['CONTRIBUTING.md', 'docs/CONTRIBUTING.html'],
  ...namesIn('docs', '.md').map((name) => [`docs/${name}`, `docs/${name.replace(/\.md$/, '.html')}`]),
  ...rules.map((rule) => [`src/rules/${rule}.md`, `rules/${rule}.html`]),
  ...concepts.map(({ id }) => [`src/concepts/${id}.md`, `concepts/${id}.html`]),
]);
const REPOSITORY = JSON.parse(read('package.json')).repository.url.replace(/^git\+|\.git$/g, '');

for (const [from, place] of places) {
  const marked = new Marked({
    walkTokens: (token) => {
      if (token.type === 'link') token.href = linkOf(token.href, from, place);
    },
  });
  const title = basename(place, '.html');
  const rule = from.startsWith('src/rules/') ? title : undefined;
  const concept = from.startsWith('src/concepts/') ? concepts.find(({ id }) => id === title) : undefined;
  const text = marked.parse(read(from));
  const root = relative(dirname(place), '.') || '.';
  const link = (to, words) => `<a href="${root}/${to}">${words}</a>`;
  const nav = [
    link('index.html', 'portolan'),
    link('docs/concepts.html', 'concepts'),
    link('docs/rules.html', 'rules'),
    link('docs/KINDS.html', 'kinds'),
    link('docs/PICTURE.html', 'the picture'),
    link('playground/index.html', 'playground'),
  ].join(' ');
  const example = rule in examplesOfRules ? rule : concept?.name;
  const after = [
    ...(example
      ? [link(`playground/index.html#example=${encodeURIComponent(example)}`, 'Try it in the playground')]
      : []),
    ...related(
      'The idea behind it',
      'concepts',
      concepts.filter(({ rules }) => rules.includes(rule)),
      link,
    ),
    ...related('Rules', 'rules', concept?.rules.map((id) => ({ id, name: id })) ?? [], link),
  ];
  put(
    place,
    htmlOf({
      title: concept?.name ?? title,
      body: `<nav>${nav}</nav><main>${text}${after.map((one) => `<p>${one}</p>`).join('')}</main>`,
      head: `<link rel="stylesheet" href="${root}/site.css">`,
      policy: "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'",
    }),
  );
}
put('site.css', `${PAGE_STYLE}\n${read('scripts/site.css')}`);

/** The pages of a folder that a page is about, in one line. */
function related(title, folder, pages, link) {
  const links = pages.map(({ id, name }) => link(`${folder}/${id}.html`, name));
  return links.length === 0 ? [] : [`${title}: ${links.join(', ')}`];
}

/** A file that is on the site leads there, any other of the repository to its text. */
function linkOf(href, from, place) {
  if (/^[a-z]+:|^#/i.test(href)) return href;
  const [path, hash] = href.split('#');
  const file = join(dirname(from), path);
  const there = places.get(file);
  if (!there) return `${REPOSITORY}/tree/main/${file}`;
  return `${relative(dirname(place), there)}${hash === undefined ? '' : `#${hash}`}`;
}

function htmlOf({ title, body, head, policy }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === 'index' ? 'portolan' : `${title} · portolan`}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;
}
