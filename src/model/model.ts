import type { Located, Location, SourceFile } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { Refusal } from './refusal.ts';
import type { Shape } from './shape.ts';

/**
 * Kubernetes' nouns, typed. A field that can be pointed at is `Located`; a field that the manifest leaves out is
 * `undefined`, never a default: defaults belong to whoever resolves. Port fields keep the raw scalar, because
 * `8080` and `"8080"` are different things to the API server (S-001, S-002).
 */
export interface Resource {
  /** Which of the interfaces that extend this one it is. */
  readonly shape: Shape;
  readonly apiVersion: string;
  readonly kind: string;
  /** The object's own namespace, else the one of the run, else `default`; `` for a kind that has none. */
  readonly namespace: string;
  /** It says no namespace of its own: whoever applies it does, with `-n` or a kustomization. */
  readonly unplaced?: true;
  /** It is not applied as it stands here, and nothing here proves anything of what is not. */
  readonly unsettled?: Unsettled;
  readonly name: string;
  /** Where the name stands; the document's start when it has none (`generateName`, S-190). */
  readonly nameAt: Location;
  readonly source: SourceFile;
  /** Offset of the document in its source. */
  readonly start: number;
  /** Values of a type that the API server refuses to decode (S-001, S-099), in order of appearance. */
  readonly misfits: readonly Misfit[];
  /** Why the API server would refuse it; left out where nothing is known against it. */
  readonly refusals?: readonly Refusal[];
  /** Rules that its annotations say should not count for it. */
  readonly ignores?: readonly IgnoreAnnotation[];
}

export interface IgnoreAnnotation {
  readonly rule: string;
  /** Empty where nobody wrote one. */
  readonly reason: string;
  readonly at: Location;
}

/** Why an object's text is not what is applied: something changes it first, or it is a piece of one. */
export interface Unsettled {
  /** Any of its fields can become another. */
  readonly fields: boolean;
  /** Its labels, or those of its Pods, can become more. */
  readonly labels: boolean;
  /** Its name, or its namespace, can become another. */
  readonly place: boolean;
  readonly by: Unsettler;
}

/** What changes an object before it is applied, or that whatever it is applied on top of does. */
export type Unsettler =
  | { readonly is: 'kustomization'; readonly path: string; readonly folder: string }
  | {
      readonly is: 'controller';
      readonly name: 'Flux' | 'Argo CD';
      readonly path: string;
      /** The kustomization that it builds on; undefined where that is not certain. */
      readonly folder: string | undefined;
    }
  | { readonly is: 'whole-object' };

/** A scalar whose YAML type is not the field's: `value: 8080` for an env value, `port: "80"` for a Service port. */
export interface Misfit {
  /** Dotted path inside the resource, list items by name or index: `spec.ports[http].port`, `data.PORT`. */
  readonly field: string;
  readonly expected: 'string' | 'integer';
  readonly got: Located<Scalar>;
}

export type Labels = ReadonlyMap<string, Located<string>>;

export interface Service extends Resource {
  readonly shape: 'service';
  readonly kind: 'Service';
  readonly type: Located<string> | undefined;
  readonly clusterIP: Located<string> | undefined;
  readonly externalName: Located<string> | undefined;
  readonly externalTrafficPolicy: Located<string> | undefined;
  readonly ipFamilies: readonly Located<string>[];
  /** Addresses at which every node takes traffic for the Service. */
  readonly externalIPs: readonly Located<string>[];
  readonly loadBalancerIP: Located<string> | undefined;
  readonly loadBalancerClass: Located<string> | undefined;
  readonly healthCheckNodePort: Located<Scalar> | undefined;
  readonly publishNotReadyAddresses: boolean;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly selector: Labels;
  /** The selector's text, or the resource's name when it has none. */
  readonly selectorAt: Location;
  readonly ports: readonly ServicePort[];
  /** Said by a configuration file to live outside the input: what lies behind its ports is not known. */
  readonly outside?: true;
}

export interface ServicePort {
  readonly index: number;
  readonly name: Located<string> | undefined;
  readonly port: Located<Scalar> | undefined;
  readonly targetPort: Located<Scalar> | undefined;
  readonly protocol: Located<string> | undefined;
  readonly nodePort: Located<Scalar> | undefined;
  readonly appProtocol: Located<string> | undefined;
  /** The whole entry. */
  readonly at: Location;
}

/** Endpoints and EndpointSlice: what a Service without a selector is joined to (S-048, S-052). */
export interface EndpointSet extends Resource {
  readonly shape: 'endpoints';
  readonly kind: 'Endpoints' | 'EndpointSlice';
  /** Name of the Service it serves; undefined for a slice without the label (S-048). */
  readonly serviceName: string | undefined;
  readonly ports: readonly EndpointPort[];
  readonly addressCount: number;
}

export interface EndpointPort {
  readonly name: Located<string> | undefined;
  readonly port: Located<Scalar> | undefined;
  readonly protocol: Located<string> | undefined;
  readonly at: Location;
}

export type WorkloadKind =
  | 'Pod'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'Job'
  | 'CronJob'
  | 'DeploymentConfig'
  | 'Rollout'
  /** Of Knative: no Service of Kubernetes. */
  | 'Service';

/** Whatever holds a Pod template (S-055); a Pod is its own template. */
export interface Workload extends Resource {
  readonly shape: 'workload' | 'rollout';
  readonly kind: WorkloadKind;
  readonly replicas: Located<Scalar> | undefined;
  /** `type` of `strategy` or `updateStrategy`. */
  readonly strategy: Located<string> | undefined;
  /** The Service that gives the Pods of a StatefulSet their names: `db-0.db`. */
  readonly serviceName?: Located<string> | undefined;
  /** The workload's own `metadata.labels`: they do not reach its Pods (S-056). */
  readonly ownLabels: Labels;
  readonly ownAnnotations: Labels;
  readonly template: PodTemplate;
  /** Only where a cluster printed it. */
  readonly live?: LiveObject | undefined;
}

/** What a cluster alone writes into an object's metadata. */
export interface LiveObject {
  readonly uid: string | undefined;
  /** RFC 3339, which sorts as text. */
  readonly created: string | undefined;
  /** The owner that controls it: at most one of its `ownerReferences` does. */
  readonly owner: Owner | undefined;
}

export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string | undefined;
}

export interface PodTemplate {
  readonly labels: Labels;
  /** The labels' text, or the resource's name when there are none. */
  readonly labelsAt: Location;
  readonly annotations: Labels;
  /** Names that its Pods know by themselves, from `hostAliases`. */
  readonly ownHosts: readonly string[];
  readonly hostNetwork: boolean;
  readonly enableServiceLinks: boolean;
  readonly securityContext: SecurityContext;
  /** `securityContext.sysctls`, by name. */
  readonly sysctls: Labels;
  readonly volumes: readonly Volume[];
  /** `spec.containers`, then `spec.initContainers`, each in order. */
  readonly containers: readonly Container[];
  /** Where the containers stand; the place to point at when something is missing from all of them. */
  readonly containersAt: Location;
  readonly nodeSelector: Labels;
  /** Some affinity rule says where its Pods may run. */
  readonly hasAffinity: boolean;
}

export interface SecurityContext {
  readonly runAsUser: Located<Scalar> | undefined;
  readonly runAsNonRoot: Located<Scalar> | undefined;
  readonly allowPrivilegeEscalation: Located<Scalar> | undefined;
  /** `capabilities.add` and `capabilities.drop`; a Pod has none of its own. */
  readonly addedCapabilities: readonly Located<string>[];
  readonly droppedCapabilities: readonly Located<string>[];
}

export interface Container {
  readonly name: string;
  readonly nameAt: Location;
  /** `sidecar`: an init container with `restartPolicy: Always` (S-029). */
  readonly role: 'container' | 'sidecar' | 'init';
  readonly image: Located<string> | undefined;
  readonly command: readonly Located<string>[] | undefined;
  readonly args: readonly Located<string>[] | undefined;
  readonly env: readonly EnvVar[];
  readonly envFrom: readonly EnvSource[];
  readonly ports: readonly ContainerPort[];
  readonly probes: readonly Probe[];
  /** The command of `lifecycle.postStart.exec`, which runs beside the program from its start. */
  readonly postStart?: readonly Located<string>[] | undefined;
  readonly mounts: readonly VolumeMount[];
  readonly securityContext: SecurityContext;
}

export interface ContainerPort {
  readonly index: number;
  readonly name: Located<string> | undefined;
  readonly number: Located<Scalar> | undefined;
  readonly protocol: Located<string> | undefined;
  readonly hostPort: Located<Scalar> | undefined;
  readonly hostIP: Located<string> | undefined;
  readonly at: Location;
}

/** One entry of `env`. */
export interface EnvVar {
  readonly list: 'env';
  readonly name: Located<string>;
  /** Undefined when left out or null: the variable is then empty (S-099, S-100). */
  readonly value: Located<string> | undefined;
  readonly valueFrom: ValueFrom | undefined;
}

export type ValueFrom =
  | {
      readonly kind: 'ConfigMap' | 'Secret';
      readonly name: Located<string>;
      readonly key: Located<string>;
      readonly optional: boolean;
    }
  | { readonly kind: 'field'; readonly path: Located<string> }
  | { readonly kind: 'unknown'; readonly at: Location };

/** One entry of `envFrom`. */
export interface EnvSource {
  readonly list: 'envFrom';
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: Located<string>;
  readonly prefix: string;
  readonly optional: boolean;
}

export interface Probe {
  readonly type: 'liveness' | 'readiness' | 'startup' | 'postStart' | 'preStop';
  readonly handler: 'httpGet' | 'tcpSocket' | 'grpc';
  readonly port: Located<Scalar>;
  readonly host: Located<string> | undefined;
  readonly scheme: Located<string> | undefined;
  readonly at: Location;
}

export interface Volume {
  readonly name: string;
  readonly kind: 'configMap' | 'secret' | 'emptyDir' | 'projected' | 'other';
  /** Name of the ConfigMap or Secret. */
  readonly from: Located<string> | undefined;
  /** What its files are made of, later ones over earlier ones; none for what no object of the input fills. */
  readonly sources: readonly VolumeSource[];
}

export interface VolumeSource {
  /** `other`: what the kubelet fills in at run time, such as a token. */
  readonly kind: 'ConfigMap' | 'Secret' | 'other';
  readonly name: string;
  /** Keys and the files they become; undefined: every key, under its own name. */
  readonly items: readonly VolumeItem[] | undefined;
  readonly optional: boolean;
}

export interface VolumeItem {
  readonly key: string;
  /** Relative to the volume: `nginx/nginx.conf`. */
  readonly path: string;
}

export interface VolumeMount {
  readonly volume: string;
  readonly mountPath: Located<string>;
  readonly subPath: string | undefined;
}

export interface ConfigMap extends Resource {
  readonly shape: 'config-map';
  readonly kind: 'ConfigMap';
  /** A value that is no string is a misfit and left out here. */
  readonly data: ReadonlyMap<string, Located<string>>;
  readonly binaryKeys: ReadonlySet<string>;
  readonly annotations: Labels;
  /** Its data can never change (S-109). */
  readonly immutable: boolean;
}

/** Values are decoded (S-097) and never printed. */
export interface Secret extends Resource {
  readonly shape: 'secret';
  readonly kind: 'Secret';
  readonly data: ReadonlyMap<string, Located<string>>;
}

/** A kind that portolan does not follow. It counts as a resource, and it may stand for Pods or Services we cannot see. */
export interface OtherResource extends Resource {
  readonly shape: 'other' | 'namespace';
  /** Group of the API, empty for the core group. */
  readonly group: string;
}
