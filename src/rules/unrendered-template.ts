import { bundleOf } from '../text/bundle.ts';
import { groupBy } from '../text/group-by.ts';
import { shellWord } from '../text/shell-word.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const unrenderedTemplate: Rule = defineRule({
  id: 'unrendered-template',
  severity: 'warning',
  summary: 'Files hold template actions that must be rendered before anything can be said about their ports.',
  ofAdmission: true,

  *check({ model }) {
    const byBundle = groupBy(
      model.unread.filter(({ is }) => is === 'template'),
      (at) => {
        const { kind, path } = bundleOf(at);
        return `${kind}\0${path}`;
      },
    );
    const isChart = ([first]: readonly Location[]): boolean => bundleOf(first!).kind === 'chart';
    const all = [...byBundle.values()];
    const charts = all.filter(isChart);
    if (charts.length > MOST_CHARTS) yield manyUnrendered(charts);
    for (const templates of all)
      if (charts.length <= MOST_CHARTS || !isChart(templates)) yield unrendered(templates);
  },
});

/** Of more, one reason keeps them all from being rendered: no renderer, or `--raw`. */
const MOST_CHARTS = 3;

function manyUnrendered(charts: readonly (readonly Location[])[]): Report {
  const folders = charts.map(([first]) => bundleOf(first!).path || '.').toSorted();
  const [first] = charts.flat().toSorted((a, b) => (a.source.path < b.source.path ? -1 : 1));
  return {
    message: `${charts.length} charts are not rendered, so the ports of their ${charts.flat().length} templates are not followed`,
    resources: [],
    field: 'templates of charts',
    labels: [{ at: first!, message: 'filled in by another tool' }],
    notes: [
      `they lie in ${folders
        .slice(0, MOST_CHARTS)
        .map((folder) => `\`${folder}\``)
        .join(', ')} and ${charts.length - MOST_CHARTS} more`,
      'what these files would define is missing from every chain until it is rendered',
    ],
    help: [
      `where \`helm\` is on PATH, and without \`--raw\`, they are rendered; one by hand: \`helm template ${shellWord(folders[0]!)} | portolan check -\``,
    ],
  };
}

/** Once for a chart, or for a folder: one command renders all of it. */
function unrendered(templates: readonly Location[]): Report {
  const [first, ...others] = templates.toSorted((a, b) => (a.source.path < b.source.path ? -1 : 1));
  const { kind, path } = bundleOf(first!);
  const folder = path || '.';
  return {
    message:
      kind === 'chart'
        ? `the chart \`${folder}\` is not rendered, so the ports of ${countOf(templates)} are not followed`
        : others.length === 0
          ? `\`${first!.source.path}\` is a template that is not rendered, so its ports are not followed`
          : `${templates.length} files in \`${folder}\` are templates that are not rendered, so their ports are not followed`,
    resources: [],
    field: kind === 'chart' || others.length > 0 ? `templates[${folder}]` : 'template',
    labels: [{ at: first!, message: 'filled in by another tool' }],
    notes: [
      `what ${templates.length === 1 ? 'this file' : 'these files'} would define is missing from every chain until it is rendered`,
    ],
    help: [
      kind === 'chart'
        ? `render it, with the values that are used, and check what comes out: \`helm template ${shellWord(folder)} | portolan check -\``
        : 'render it, and check what comes out: `helm template CHART | portolan check -` for those of a chart',
    ],
  };
}

const countOf = ({ length }: readonly Location[]): string =>
  length === 1 ? 'its template' : `its ${length} templates`;

export default unrenderedTemplate;
