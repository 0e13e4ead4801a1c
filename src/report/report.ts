/**
 * The report: one data shape for every reader. `check -o json` prints it; every other output is a pure function of
 * it and, for code frames, of the sources' text. Fields may be added; a change that breaks a reader raises `schema`.
 */
export interface Report {
  readonly schema: 'portolan/v1';
  readonly tool: { readonly name: 'portolan'; readonly version: string };
  /** The path of the configuration file that was used. */
  readonly configuration?: string;
  readonly sources: readonly ReportSource[];
  /** What was made of each root that another program turns into manifests; by path. */
  readonly plan: readonly ReportPlanned[];
  readonly sets: readonly { readonly name: string; readonly resources: number }[];
  readonly summary: {
    readonly resources: number;
    readonly links: Record<State, number>;
    readonly chains: Record<State, number>;
    /** Those that count. */
    readonly findings: Record<Severity, number>;
    /** How many do not, as somebody said so. */
    readonly ignored: number;
  };
  readonly links: readonly ReportLink[];
  readonly chains: readonly ReportChain[];
  readonly findings: readonly ReportFinding[];
  /** What keeps unproved chains from being proved, once for each kind, the commonest first. */
  readonly unproved: readonly ReportUnproved[];
  readonly errors: readonly ReportError[];
  /** Documents found in folders that are YAML and no Kubernetes objects (chart values, workflows): they pass by. */
  readonly foreign: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  /** Only where what runs was asked: each thing that was, and how that went. */
  readonly steps?: readonly ReportStep[];
  /** Only of `--compare`: each chain of the files beside that of the cluster. */
  readonly drift?: readonly ReportDrift[];
  /** Only where a cluster's objects are in the input: Pods and the like that are told of the workload that made them. */
  readonly made?: readonly ReportMade[];
  /** Only where the user may not see something of a cluster: nothing is said of it. */
  readonly denied?: readonly ReportDenied[];
  /** What manifests say about findings in them, hiding some or not; by place. */
  readonly ignores: readonly ReportIgnore[];
  /** Files and folders that were not read, by who says so: an ignore file, a configuration. */
  readonly passedBy?: readonly { readonly by: string; readonly entries: number }[];
  /** The least severity that fails, where a configuration says it. */
  readonly failOn?: Severity | 'never';
  readonly baseline?: ReportBaseline;
  readonly changedSince?: ReportChangedSince;
}

/** What the user may not see of a cluster, as the rule of a Role that would allow it. */
export interface ReportDenied {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Where a Role of this namespace is enough; a ClusterRole is needed otherwise. */
  readonly namespace?: string;
}

/** What was there before, and so does not count. */
export interface ReportBaseline {
  readonly path: string;
  /** How many findings of it are there. */
  readonly known: number;
  /** Lines of it that are not found any more. */
  readonly mended: readonly string[];
}

/** Only findings one of whose ends changed are told. */
export interface ReportChangedSince {
  readonly ref: string;
  /** The commit that the files were compared with. */
  readonly base: string;
  /** How many findings are not told, as their ends are as they were. */
  readonly leftOut: number;
}

/** An annotation or a comment that says that findings of a rule should not count. */
export interface ReportIgnore {
  readonly by: 'annotation' | 'comment';
  readonly rule: string;
  readonly reason: string;
  readonly location: ReportLocation;
  /** How many findings it hides. */
  readonly hides: number;
  /** What is wrong with it: it hides nothing, gives no reason, names no rule. */
  readonly wrong?: string;
}

/** One thing that was asked of a cluster or of what runs there. */
export interface ReportStep {
  /** `dial port 3005 of localhost in Pod shop/api-0`; for one that is left out, why. */
  readonly says: string;
  /** `GET /api/v1/…`, in order. */
  readonly requests: readonly string[];
  /** What a person can run to see the same; empty for one that is left out. */
  readonly command: string;
  readonly state: 'done' | 'failed' | 'left-out';
  /** Why it brought nothing, or less than it could. */
  readonly reason?: string;
}

/** A way in as the files and the cluster have it. */
export interface ReportDrift {
  /** Id of the chain of the files; null where only the cluster has it. */
  readonly files: string | null;
  /** Id of the chain of the cluster; null where only the files have it. */
  readonly cluster: string | null;
  /** Both have it, and every hop says the same values. */
  readonly same: boolean;
  readonly hops: readonly ReportDriftHop[];
}

/** One hop of both, and those that follow it. */
export interface ReportDriftHop {
  /** Ids of links; null where the other side alone has the hop. */
  readonly files: string | null;
  readonly cluster: string | null;
  /** Of this hop alone. */
  readonly same: boolean;
  readonly next: readonly ReportDriftHop[];
}

/** What one workload made, of one kind, in its own namespace. */
export interface ReportMade {
  readonly by: ReportResource;
  readonly kind: string;
  readonly names: readonly string[];
}

export type State = 'whole' | 'broken' | 'unproved';
export type Severity = 'error' | 'warning' | 'info';

export interface ReportSource {
  readonly path: string;
  readonly kind: 'file' | 'stdin' | 'url' | 'helm' | 'kustomize' | 'compose' | 'cluster';
  readonly set: string;
  readonly resources: number;
}

export interface ReportPlanned {
  /**
   * The folder of a kustomization or a chart, the file of a compose project or of a controller's object; the folder whose
   * build printed that object where no file holds it as it is applied.
   */
  readonly path: string;
  readonly kind: 'kustomize' | 'helm' | 'compose' | 'flux' | 'argo-cd';
  /** Name of the controller's object that tells of it. */
  readonly object?: string;
  readonly set: string;
  /** The renderer that built it. */
  readonly with?: string;
  /** `raw` and `failed`: its files are read as they are written. */
  readonly state: 'built' | 'raw' | 'left-out' | 'failed';
  /** Why it is not built; one phrase. */
  readonly reason?: string;
  /** What to do about that. */
  readonly help?: string;
  /** Files beside it that are other ways to apply it. */
  readonly beside?: readonly string[];
}

/** 1-based, end exclusive, columns in UTF-16 code units; path relative to the working directory. */
export interface ReportLocation {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface ReportEnd {
  readonly resource: ReportResource;
  readonly container?: string;
  readonly port?: { readonly name?: string; readonly number?: number; readonly protocol?: string };
  /** Only where a `target-port` link starts, or would: what the Service port forwards to, a number or a name, as resolved. */
  readonly targetPort?: number | string;
  /** The text that says it; null for a fact with no text (an image's default, a socket). */
  readonly location: ReportLocation | null;
  /** Only where `location` is rendered text: the place in a file of the user that wrote it, as far as it is known. */
  readonly origin?: ReportLocation;
}

export interface ReportLink {
  readonly id: string;
  readonly set: string;
  readonly kind: string;
  readonly from: ReportEnd;
  readonly to: ReportEnd | null;
  readonly state: State;
  readonly evidence: 'declared' | 'inferred' | 'observed';
  /** One sentence, worded from what is known and what is missing. */
  readonly reason: string;
  /** Why the state is what it is. */
  readonly grounds: readonly ReportGround[];
  /** What would prove it; empty unless it is unproved. */
  readonly missing: readonly ReportMissing[];
  /** Only where something was seen and not all agree: whoever says which port it is, and who is wrong. */
  readonly witnesses?: readonly ReportWitness[];
  /** Only of a broken link whose ends disagree in what their ports do not tell. */
  readonly disagreeing?: readonly ReportDisagreement[];
  /** Only where `to` is null and it is plain what was meant: a workload whose labels differ. */
  readonly nearest?: ReportEnd;
  /**
   * Only of a selector that finds no Pods in the input: what each port of its Service forwards to all the same, as the
   * `from` of a target-port link says it.
   */
  readonly forwards?: readonly ReportEnd[];
}

/** In what two ends disagree, and what each says of it. */
export interface ReportDisagreement {
  /** `label app`, `host`, `namespace`, the kind of what is named. */
  readonly what: string;
  readonly from: string;
  /** Null where nothing of the kind is there. */
  readonly to: string | null;
}

/** One who says which port it is: a number, a name, the address of a socket, a setting as it stands. */
export interface ReportWitness {
  readonly who:
    | 'targetPort'
    | 'containerPort'
    | 'setting'
    | 'log'
    | 'socket'
    | 'connection'
    | 'ingressClassName'
    | 'controller';
  readonly says: string;
  /**
   * `cause`: it is wrong, and is why nothing is answered. `harmless`: it is wrong, and nothing comes of it. `suspect`:
   * it may be the cause, and what was seen does not tell.
   */
  readonly verdict: 'right' | 'cause' | 'harmless' | 'suspect';
}

/** One way in which a link is known. */
export interface ReportGround {
  readonly kind:
    | 'declared'
    | 'image-fact'
    | 'framework-fact'
    | 'variable'
    | 'flag'
    | 'mounted-file'
    | 'dockerfile'
    | 'image-config'
    | 'configuration'
    | 'log'
    | 'socket'
    | 'connection'
    | 'endpoint-slice'
    | 'condition'
    | 'event';
  /** One phrase: `PORT=3005 from env`. */
  readonly says: string;
  /** Null for what no text of the input says. */
  readonly location: ReportLocation | null;
  /** Where a fact was read. */
  readonly source?: string;
  /** When it was observed, as RFC 3339. */
  readonly at?: string;
  /** What a person can run to see the same, in full. */
  readonly command?: string;
  /** Of a socket that was seen: the addresses that it is bound to. */
  readonly socket?: {
    readonly addresses: readonly string[];
    readonly port: number;
    readonly protocol: string;
  };
  readonly connection?: ReportConnection;
}

/** A connection that was tried. */
export interface ReportConnection {
  /**
   * The Pod's address, localhost in the Pod, the Service, the controller in front of a route, a node (a nodePort or a
   * hostPort), or the load balancer of a Service.
   */
  readonly dialled: 'pod' | 'localhost' | 'service' | 'controller' | 'node' | 'load-balancer';
  /** Another Pod of the cluster. */
  readonly from?: 'pod';
  /** Of the node or the load balancer. */
  readonly address?: string;
  readonly port: number;
  readonly protocol: string;
  readonly answer:
    | {
        readonly kind: 'http';
        readonly status: number;
        readonly by?: 'controller' | 'application' | undefined;
      }
    | { readonly kind: 'tls' | 'tcp' | 'refused' | 'timeout' };
}

/** One thing whose absence keeps a link from being proved. */
export interface ReportMissing {
  readonly kind:
    | 'image'
    | 'program'
    | 'argument'
    | 'variable'
    | 'file'
    | 'object'
    | 'controller'
    | 'operator'
    | 'observation'
    | 'built';
  readonly says: string;
  /** What a person can run to prove it, in full. */
  readonly command: string;
}

/** What links of unproved chains lack first, told by one of them. */
export interface ReportUnproved extends ReportMissing {
  /** How many links of unproved chains wait for this kind of proof. */
  readonly links: number;
}

export interface ReportChain {
  readonly id: string;
  readonly set: string;
  readonly entry: {
    readonly kind: 'ingress' | 'gateway' | 'load-balancer' | 'node-port' | 'host-port' | 'cluster';
    readonly host: string | null;
    readonly path: string | null;
    /** `Exact`, `Prefix`, `ImplementationSpecific` or `RegularExpression`; null where a path means nothing, or is the default backend's. */
    readonly pathType: string | null;
    readonly port: number | null;
    readonly protocol: string;
    readonly resource: ReportResource;
  };
  /** Ids, outside in, each once. */
  readonly links: readonly string[];
  /** Which link follows which: two workloads behind one Service are two branches. */
  readonly tree: readonly ReportHop[];
  readonly state: State;
}

/** A link of a chain by its id, and what follows it further in. */
export interface ReportHop {
  readonly link: string;
  readonly next: readonly ReportHop[];
}

export interface ReportFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** The rule's own severity, where a configuration says another. */
  readonly usualSeverity?: Severity;
  readonly set: string;
  readonly message: string;
  readonly link: string | null;
  /** What it is about, the first above all; empty where there is no resource, as in an unrendered template. */
  readonly resources: readonly ReportResource[];
  /** Whether what passes its link, or its first resource, gets no answer. */
  readonly stopsTraffic: boolean;
  readonly labels: readonly {
    readonly location: ReportLocation;
    /** As that of an end. */
    readonly origin?: ReportLocation;
    readonly message: string;
    readonly primary: boolean;
  }[];
  readonly notes: readonly string[];
  /** Which of the notes say how something is known, from 0, as the evidence of its link does. */
  readonly known?: readonly number[];
  readonly help: readonly string[];
  readonly fixes: readonly ReportFix[];
  readonly docs: string;
  readonly fingerprint: string;
  /** Only where somebody said that it should not count. */
  readonly ignored?: ReportIgnored;
}

/** Why a finding does not count. */
export interface ReportIgnored {
  /** `annotation` and `comment` stand in the manifests; a baseline holds what was there before. */
  readonly by: 'annotation' | 'comment' | 'configuration' | 'baseline';
  readonly reason: string;
}

export interface ReportFix {
  readonly title: string;
  readonly applicability: 'safe' | 'unsafe';
  /** The end of the chain that it changes. */
  readonly end: FixEnd;
  /** The object that it changes there; left out where it changes what belongs to none, such as a configuration. */
  readonly changes?: ReportResource;
  readonly edits: readonly {
    readonly path: string;
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
    readonly text: string;
  }[];
}

/**
 * `service`: a Service or its endpoints. `pod`: a workload, and what is mounted or read into it. `route`: whatever leads
 * to one of them, such as an Ingress, a policy or a monitor.
 */
export type FixEnd = 'service' | 'pod' | 'route';

/**
 * Input that could not be read or parsed, or a fault of portolan itself. `line` and `column` are 1 where there is no
 * better place; `path` is empty where there is none, as for a rule.
 */
export interface ReportError {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** A part of portolan that failed: what it was asked or was reading is missing, all else is there. */
  readonly fault?: {
    readonly part:
      | 'rule'
      | 'decoder'
      | 'graph'
      | 'config-reader'
      | 'process'
      | 'trial'
      | 'link'
      | 'renderer'
      | 'cluster';
    /** The rule's id, the kind of the decoder or of the object that is followed, the reader's format, the container's name, the rule whose fix was tried, the link's kind. */
    readonly name: string;
    readonly cause: string;
  };
}
