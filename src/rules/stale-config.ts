import { describe } from '../model/describe.ts';
import type { ConfigMap, Container, Workload } from '../model/model.ts';
import type { KnownListener } from '../process/listeners/container-process.ts';
import { type ConfigBehind, configBehind } from '../questions/processes/config-behind.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const staleConfig: Rule = defineRule({
  id: 'stale-config',
  severity: 'info',
  summary: 'A port comes from a ConfigMap, and nothing restarts the Pods when the ConfigMap changes.',

  *check({ model, processOf }) {
    for (const workload of model.workloads) {
      if (!ROLLED_OUT.has(workload.kind) || isRestarted(workload)) continue;
      const told = new Set<ConfigMap>();
      for (const container of workload.template.containers) {
        for (const listener of processOf(workload, container).listeners) {
          const behind = configBehind(model, workload, container, listener);
          if (!behind || told.has(behind.configMap) || isReplaced(behind.configMap)) continue;
          told.add(behind.configMap);
          yield report(workload, container, listener, behind);
        }
      }
    }
  },
});

/** A Job's next Pod reads anew, and a Pod of its own is replaced by hand. */
const ROLLED_OUT: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'DeploymentConfig',
  'Rollout',
]);

const RELOADER = /reloader\.stakater\.com\/|^wave\.pusher\.com\//;
const CHECKSUM = /checksum|sha\d*|hash|digest|config-?version/i;

/** A checksum in the template changes it along with the ConfigMap; a reloader watches for the change. */
const isRestarted = ({ ownAnnotations, template: { annotations } }: Workload): boolean =>
  [...annotations.keys()].some((key) => CHECKSUM.test(key)) ||
  [...annotations.keys(), ...ownAnnotations.keys()].some((key) => RELOADER.test(key));

/** Its name changes with its contents: immutable ones must (S-109), and Kustomize's end in their hash. */
const isReplaced = ({ immutable, name, annotations }: ConfigMap): boolean =>
  immutable ||
  /-[2456789bcdfghkmt]{10}$/.test(name) ||
  [...annotations.keys()].some((key) => RELOADER.test(key));

function report(
  workload: Workload,
  container: Container,
  { port }: KnownListener,
  { configMap, key, reference }: ConfigBehind,
): Report {
  const value = configMap.data.get(key)!;
  return {
    message: `container \`${container.name}\` of ${describe(workload)} takes port ${port} from ${describe(configMap)}, and nothing restarts it when that changes`,
    resources: [workload, configMap],
    field: `containers[${container.name}].config[${configMap.name}]`,
    labels: [
      { at: reference, message: 'read once, when the container starts' },
      {
        at: value.value.includes('\n') ? configMap.nameAt : value.at,
        message: 'a change here reaches no running process',
      },
    ],
    notes: [
      'variables are set when a container is created, so after a change the Pods keep their port until something restarts them, each at its own time',
    ],
    help: [
      `restart the workload with each change: by a checksum of the ConfigMap in the template's annotations, by a name with its hash as Kustomize's configMapGenerator makes it, or with kubectl rollout restart`,
    ],
  };
}

export default staleConfig;
