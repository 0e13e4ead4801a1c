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
}

/** Values that take the place of a file, or of the chart's own, for one more look. */
export interface OtherValues {
  /** Which of the settings' files they stand for; undefined for the chart's own. */
  readonly instead: string | undefined;
  readonly text: string;
}

/** Values are read from standard input where they are no file, so that no file need be made. */
function argumentsOf({ release, chart, settings, cwd }: HelmCall, other?: OtherValues): string[] {
  const { namespace, values = [], set = [], inline, kubeVersion, apiVersions = [] } = settings;
  const file = (path: string): string => (other?.instead === path ? '-' : resolve(cwd, path));
  return [
    'template',
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    ...(other && other.instead === undefined ? ['--values=-'] : []),
    ...values.map((path) => `--values=${file(path)}`),
    ...set.map((one) => `--set=${one}`),
    ...(inline === undefined ? [] : [`--set-json=${inline}`]),
    ...(kubeVersion === undefined ? [] : [`--kube-version=${kubeVersion}`]),
    ...apiVersions.map((one) => `--api-versions=${one}`),
    '--skip-tests',
    '--',
    release,
    chart,
  ];
}

export function runHelm(call: HelmCall, other?: OtherValues): Promise<Printed> {
  return runRenderer(call.renderer, argumentsOf(call, other), {
    env: envOf(call),
    cwd: call.chart,
    input: other?.text,
  });
}

/** The same, waiting for it. */
export function runHelmNow(call: HelmCall, other: OtherValues, limits: Limits = LIMITS): Printed {
  return runRendererNow(call.renderer, argumentsOf(call, other), {
    env: envOf(call),
    cwd: call.chart,
    input: other.text,
    limits,
  });
}

function envOf({ env, home, allowRemote }: HelmCall): NodeJS.ProcessEnv {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch {
    // Helm goes without.
  }
  return rendererEnv(env, home, allowRemote);
}
