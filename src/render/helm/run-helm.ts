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

/** One way to render a chart. */
export interface HelmCall {
  readonly renderer: Renderer;
  readonly env: NodeJS.ProcessEnv;
  /** Where Helm may look for what it keeps: an empty folder of ours. */
  readonly home: string;
  readonly cwd: string;
  readonly allowRemote: boolean;
  readonly release: string;
  readonly chart: string;
  readonly settings: HelmSettings;
  readonly inline: readonly InlineValues[];
}

/** Values that take the place of a file, of the chart's own, or of those that no file holds, for one more look. */
export type OtherValues =
  | {
      /** Which of the settings' files they stand for; undefined for the chart's own. */
      readonly instead: string | undefined;
      readonly text: string;
    }
  | { readonly inline: string };

/** How Helm is called. Values are read from standard input where they are no file, so that no file need be made. */
function callOf({ release, chart, settings, cwd, inline: layers }: HelmCall, other?: OtherValues) {
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
    ...(kubeVersion === undefined ? [] : [`--kube-version=${kubeVersion}`]),
    ...apiVersions.map((one) => `--api-versions=${one}`),
    '--skip-tests',
    '--',
    release,
    chart,
  ];
  return { args, input };
}

export function runHelm(call: HelmCall, other?: OtherValues): Promise<Printed> {
  const { args, input } = callOf(call, other);
  return runRenderer(call.renderer, args, { env: envOf(call), cwd: call.chart, input });
}

/** The same, waiting for it. */
export function runHelmNow(call: HelmCall, other: OtherValues, limits: Limits = LIMITS): Printed {
  const { args, input } = callOf(call, other);
  return runRendererNow(call.renderer, args, { env: envOf(call), cwd: call.chart, input, limits });
}

function envOf({ env, home, allowRemote }: HelmCall): NodeJS.ProcessEnv {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch {
    // Helm goes without.
  }
  return rendererEnv(env, home, allowRemote);
}
