import type { Check } from '../site.ts';
import { checkConfigMap, checkSecret } from './config.ts';
import {
  checkContainer,
  checkEnvFrom,
  checkEnvVar,
  checkHttpGet,
  checkLifecycleHandler,
  checkProbe,
} from './container.ts';
import {
  checkEndpoint,
  checkEndpointAddress,
  checkEndpointPort,
  checkEndpointSlice,
  checkEndpointSubset,
} from './endpoints.ts';
import {
  checkClassParameters,
  checkIngressBackend,
  checkIngressClassSpec,
  checkIngressHttp,
  checkIngressPath,
  checkIngressRule,
  checkIngressSpec,
  checkIngressTls,
} from './ingress.ts';
import { checkCronJobSpec, checkJobSpec, checkJobTemplate } from './jobs.ts';
import { checkLabelSelector, checkObjectMeta } from './metadata.ts';
import { checkHostAlias, checkPodSpec, checkPodTemplate, checkToleration, checkVolume } from './pod.ts';
import { checkDnsConfig, checkPodOs, checkReadinessGate } from './pod-settings.ts';
import { checkIpBlock, checkPeer, checkPolicySpec } from './policy.ts';
import { checkResources } from './resources.ts';
import {
  checkAffinityTerm,
  checkNodeRequirement,
  checkNodeSelector,
  checkSpread,
  checkWeight,
} from './scheduling.ts';
import { checkAppArmor, checkSeccomp, checkSecurityContext } from './security.ts';
import { checkServicePort, checkServiceSpec } from './service.ts';
import { checkFileMode, checkProjected, checkToken } from './volume-files.ts';
import {
  checkClaimSource,
  checkConfigMapName,
  checkCsi,
  checkDownwardFile,
  checkEphemeral,
  checkHostPath,
  checkImageSource,
  checkNfs,
  checkProjection,
  checkSecretName,
} from './volume-sources.ts';
import { checkClientConfig, checkWebhook, checkWebhookRule, checkWebhooks } from './webhook.ts';
import {
  checkControllerSpec,
  checkDaemonSetSpec,
  checkDeploymentSpec,
  checkReplicaSetSpec,
  checkStatefulSetSpec,
} from './workload.ts';

const both =
  (one: Check, other: Check): Check =>
  (node, site, entry) => {
    one(node, site, entry);
    other(node, site, entry);
  };

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
  ['IngressClassParametersReference', checkClassParameters],
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
  ['ConfigMapVolumeSource', both(checkConfigMapName, checkFileMode)],
  ['SecretVolumeSource', both(checkSecretName, checkFileMode)],
  ['ConfigMapProjection', checkConfigMapName],
  ['SecretProjection', checkConfigMapName],
  ['VolumeProjection', checkProjection],
  ['HostPathVolumeSource', checkHostPath],
  ['NFSVolumeSource', checkNfs],
  ['PersistentVolumeClaimVolumeSource', checkClaimSource],
  ['CSIVolumeSource', checkCsi],
  ['ImageVolumeSource', checkImageSource],
  ['EphemeralVolumeSource', checkEphemeral],
  ['PodDNSConfig', checkDnsConfig],
  ['PodOS', checkPodOs],
  ['PodReadinessGate', checkReadinessGate],
  ['SeccompProfile', checkSeccomp],
  ['AppArmorProfile', checkAppArmor],
  ['NodeSelector', checkNodeSelector],
  ['PodAffinityTerm', checkAffinityTerm],
  ['TopologySpreadConstraint', checkSpread],
  ['ProjectedVolumeSource', checkProjected],
  ['DownwardAPIVolumeSource', checkFileMode],
  ['DownwardAPIVolumeFile', both(checkDownwardFile, checkFileMode)],
  ['ServiceAccountTokenProjection', checkToken],
  ['EnvFromSource', checkEnvFrom],
  ['JobTemplateSpec', checkJobTemplate],
  ['NetworkPolicySpec', checkPolicySpec],
]);
