import type { Check } from '../site.ts';
import { checkClaimSpec, checkClaimTemplate } from './claims.ts';
import { checkConfigMap, checkSecret } from './config.ts';
import { checkContainer, checkHttpGet, checkLifecycleHandler, checkProbe } from './container.ts';
import { checkEndpoint, checkEndpointAddress, checkEndpointSlice, checkEndpointSubset } from './endpoints.ts';
import { checkEnvFrom, checkEnvVar } from './env.ts';
import {
  checkClassParameters,
  checkIngress,
  checkIngressBackend,
  checkIngressClassSpec,
  checkIngressHttp,
  checkIngressPath,
  checkIngressRule,
  checkIngressSpec,
  checkIngressTls,
} from './ingress.ts';
import { checkJobLabels } from './job-labels.ts';
import { checkExitCodes, checkFailureCondition, checkFailureRule } from './job-policies.ts';
import { checkCronJobSpec, checkJobSpec, checkJobTemplate } from './jobs.ts';
import { checkLabelSelector, checkObjectMeta } from './metadata.ts';
import { checkAzureDisk, checkCephFs, checkIscsi } from './network-volumes.ts';
import { checkHostAlias, checkPodSpec, checkPodTemplate, checkVolume } from './pod.ts';
import { checkPodAnnotations } from './pod-annotations.ts';
import { checkPodClaim } from './pod-members.ts';
import { checkDnsConfig, checkPodOs, checkReadinessGate } from './pod-settings.ts';
import { checkIpBlock, checkPeer, checkPolicySpec } from './policy.ts';
import { checkEndpointPort } from './ports.ts';
import { checkResources } from './resources.ts';
import {
  checkAffinityTerm,
  checkNodeRequirement,
  checkNodeSelector,
  checkSpread,
  checkToleration,
  checkWeight,
} from './scheduling.ts';
import { checkAppArmor, checkSeccomp, checkSecurityContext, checkWindows } from './security.ts';
import { checkServiceNotes, checkServicePort, checkServiceSpec } from './service.ts';
import { checkFileMode, checkKeyToPath, checkProjected, checkToken } from './volume-files.ts';
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
  ['Service', checkServiceNotes],
  ['Pod', checkPodAnnotations],
  ['Job', checkJobLabels],
  ['Ingress', checkIngress],
  ['PersistentVolumeClaimSpec', checkClaimSpec],
  ['PersistentVolumeClaimTemplate', checkClaimTemplate],
  ['PodResourceClaim', checkPodClaim],
  ['PodFailurePolicyRule', checkFailureRule],
  ['PodFailurePolicyOnPodConditionsPattern', checkFailureCondition],
  ['PodFailurePolicyOnExitCodesRequirement', checkExitCodes],
  ['WindowsSecurityContextOptions', checkWindows],
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
  ['KeyToPath', checkKeyToPath],
  ['ConfigMapVolumeSource', both(checkConfigMapName, checkFileMode)],
  ['SecretVolumeSource', both(checkSecretName, checkFileMode)],
  ['ConfigMapProjection', checkConfigMapName],
  ['SecretProjection', checkConfigMapName],
  ['VolumeProjection', checkProjection],
  ['HostPathVolumeSource', checkHostPath],
  ['NFSVolumeSource', checkNfs],
  ['ISCSIVolumeSource', checkIscsi],
  ['CephFSVolumeSource', checkCephFs],
  ['AzureDiskVolumeSource', checkAzureDisk],
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
