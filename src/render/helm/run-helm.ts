import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HelmSettings } from '../options.ts';
import type { Renderer } from '../renderers.ts';
import {
  LIMITS,
  type Limits,
  type Printed,
  rendererEnv,
  runRenderer,
  runRendererNow,
} from '../run-renderer.ts';
import { type InlineValues, mergedJson } from './inline-values.ts';
import { type Parameter, settingOf } from './parameter.ts';
import { stagedChart } from './staged-chart.ts';

/** One way to render a chart. */
export interface HelmCall {
  readonly renderer: Renderer;
  readonly env: NodeJS.ProcessEnv;
  /** Where Helm may look for what it keeps: an empty folder of ours. */
  readonly home: string;
  /** Where what is staged for one run lies meanwhile. */
  readonly overlays: string;
  readonly cwd: string;
  readonly allowRemote: boolean;
  readonly release: string;
  readonly chart: string;
  readonly settings: HelmSettings;
  readonly inline: readonly InlineValues[];
  readonly parameters: readonly Parameter[];
  readonly isWithoutOwnValues: boolean;
}

/** Values that take the place of a file, of the chart's own, or of those that no file holds, for one more look. */
export type OtherValues =
  | {
      /** Which of the settings' files they stand for; undefined for the chart's own. */
      readonly instead: string | undefined;
      readonly text: string;
    }
  | { readonly inline: string }
  /** All that is set by paths, as arguments. */
  | { readonly settings: readonly string[] };

/** How Helm is called. Values are read from standard input where they are no file, so that no file need be made. */
function callOf(
  { release, settings, cwd, inline: layers, parameters }: HelmCall,
  chart: string,
  other?: OtherValues,
) {
  const { namespace, values = [], set = [], kubeVersion, apiVersions = [] } = settings;
  const instead = other && 'text' in other ? other : undefined;
  const file = (path: string): string => (instead?.instead === path ? '-' : resolve(cwd, path));
  const inline = other && 'inline' in other ? other.inline : mergedJson(layers);
  const input = instead?.text ?? inline;
  const args = [
    'template',
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    ...(instead && instead.instead === undefined ? ['--values=-'] : []),
    ...values.map((path) => `--values=${file(path)}`),
    // There is one standard input.
    ...(inline === undefined ? [] : instead ? [`--set-json=${inline}`] : ['--values=-']),
    ...set.map((one) => `--set=${one}`),
    ...(other && 'settings' in other ? other.settings : parameters.map((one) => settingOf(one))),
    ...(kubeVersion === undefined ? [] : [`--kube-version=${kubeVersion}`]),
    ...apiVersions.map((one) => `--api-versions=${one}`),
    '--skip-tests',
    '--',
    release,
    chart,
  ];
  return { args, input };
}

export async function runHelm(call: HelmCall, other?: OtherValues): Promise<Printed> {
  const chart = stagedChart(call);
  if ('failed' in chart) return chart;
  try {
    const { args, input } = callOf(call, chart.folder, other);
    return await runRenderer(call.renderer, args, { env: envOf(call), cwd: chart.folder, input });
  } finally {
    chart.close();
  }
}

/** The same, waiting for it. */
export function runHelmNow(call: HelmCall, other: OtherValues, limits: Limits = LIMITS): Printed {
  const chart = stagedChart(call);
  if ('failed' in chart) return chart;
  try {
    const { args, input } = callOf(call, chart.folder, other);
    return runRendererNow(call.renderer, args, { env: envOf(call), cwd: chart.folder, input, limits });
  } finally {
    chart.close();
  }
}

function envOf({ env, home, allowRemote }: HelmCall): NodeJS.ProcessEnv {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch {
    // Helm goes without.
  }
  return rendererEnv(env, home, allowRemote);
}
