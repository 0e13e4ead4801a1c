import type { Check } from '../site.ts';
import { checkConfigMap, checkSecret } from './config.ts';
import {
  checkContainer,
  checkEnvFrom,
  checkEnvVar,
  checkHttpGet,
  checkLifecycleHandler,
  checkProbe,
  checkResources,
} from './container.ts';
import {
  checkEndpoint,
  checkEndpointAddress,
  checkEndpointPort,
  checkEndpointSlice,
  checkEndpointSubset,
} from './endpoints.ts';
import {
  checkIngressBackend,
  checkIngressClassSpec,
  checkIngressHttp,
  checkIngressPath,
  checkIngressRule,
  checkIngressSpec,
  checkIngressTls,
} from './ingress.ts';
import { checkLabelSelector, checkObjectMeta } from './metadata.ts';
import {
  checkHostAlias,
  checkPodSpec,
  checkPodTemplate,
  checkSecurityContext,
  checkToleration,
  checkVolume,
} from './pod.ts';
import { checkIpBlock, checkPeer, checkPolicySpec } from './policy.ts';
import { checkNodeRequirement, checkWeight } from './scheduling.ts';
import { checkServicePort, checkServiceSpec } from './service.ts';
import { checkFileMode, checkProjected, checkToken } from './volume-files.ts';
import { checkClientConfig, checkWebhook, checkWebhookRule, checkWebhooks } from './webhook.ts';
import {
  checkControllerSpec,
  checkCronJobSpec,
  checkDaemonSetSpec,
  checkDeploymentSpec,
  checkJobSpec,
  checkJobTemplate,
  checkReplicaSetSpec,
  checkStatefulSetSpec,
} from './workload.ts';

/** By Go type. */
export const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ObjectMeta', checkObjectMeta],
  ['LabelSelector', checkLabelSelector],
  ['ServiceSpec', checkServiceSpec],
  ['ServicePort', checkServicePort],
  ['PodSpec', checkPodSpec],
  ['PodTemplateSpec', checkPodTemplate],
  ['Container', checkContainer],
  ['EnvVar', checkEnvVar],
  ['ResourceRequirements', checkResources],
  ['Probe', checkProbe],
  ['LifecycleHandler', checkLifecycleHandler],
  ['HTTPGetAction', checkHttpGet],
  ['Volume', checkVolume],
  ['Toleration', checkToleration],
  ['SecurityContext', checkSecurityContext],
  ['PodSecurityContext', checkSecurityContext],
  ['DeploymentSpec', checkDeploymentSpec],
  ['StatefulSetSpec', checkStatefulSetSpec],
  ['DaemonSetSpec', checkDaemonSetSpec],
  ['ReplicaSetSpec', checkReplicaSetSpec],
  ['ReplicationControllerSpec', checkControllerSpec],
  ['JobSpec', checkJobSpec],
  ['CronJobSpec', checkCronJobSpec],
  ['IngressSpec', checkIngressSpec],
  ['IngressRule', checkIngressRule],
  ['HTTPIngressRuleValue', checkIngressHttp],
  ['HTTPIngressPath', checkIngressPath],
  ['IngressBackend', checkIngressBackend],
  ['IngressTLS', checkIngressTls],
  ['IngressClassSpec', checkIngressClassSpec],
  ['NetworkPolicyPeer', checkPeer],
  ['IPBlock', checkIpBlock],
  ['EndpointSlice', checkEndpointSlice],
  ['Endpoint', checkEndpoint],
  ['EndpointPort', checkEndpointPort],
  ['EndpointSubset', checkEndpointSubset],
  ['EndpointAddress', checkEndpointAddress],
  ['ConfigMap', checkConfigMap],
  ['Secret', checkSecret],
  ['ValidatingWebhook', checkWebhook],
  ['MutatingWebhook', checkWebhook],
  ['ValidatingWebhookConfiguration', checkWebhooks],
  ['MutatingWebhookConfiguration', checkWebhooks],
  ['RuleWithOperations', checkWebhookRule],
  ['WebhookClientConfig', checkClientConfig],
  ['HostAlias', checkHostAlias],
  ['NodeSelectorRequirement', checkNodeRequirement],
  ['WeightedPodAffinityTerm', checkWeight],
  ['PreferredSchedulingTerm', checkWeight],
  ['KeyToPath', checkFileMode],
  ['ConfigMapVolumeSource', checkFileMode],
  ['SecretVolumeSource', checkFileMode],
  ['ProjectedVolumeSource', checkProjected],
  ['DownwardAPIVolumeSource', checkFileMode],
  ['DownwardAPIVolumeFile', checkFileMode],
  ['ServiceAccountTokenProjection', checkToken],
  ['EnvFromSource', checkEnvFrom],
  ['JobTemplateSpec', checkJobTemplate],
  ['NetworkPolicySpec', checkPolicySpec],
]);
