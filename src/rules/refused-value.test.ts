import { testRule } from '../testing/test-rule.ts';
import refusedValue from './refused-value.ts';

const object = (kind: string, spec: string, apiVersion = 'v1', metadata = '{ name: quay }'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\nspec:\n${spec}`;
const pod = (rest: string): string =>
  object('Pod', `  containers:\n    - name: quay\n      image: harbour/quay:1\n${rest}`);

const claims = (spec: string): string =>
  object(
    'StatefulSet',
    `  selector: { matchLabels: { app: quay } }
  template:
    metadata: { labels: { app: quay } }
    spec: { containers: [{ name: quay, image: a }] }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        ${spec.includes('\n') || spec.includes('#') ? spec : `{ ${spec} }`}
`,
    'apps/v1',
  );
const webhooks = (more: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: quay }
webhooks:
  - name: a.quay.example
    clientConfig: { url: "https://quay.example" }
    sideEffects: None
${more.startsWith('admission') ? '' : '    admissionReviewVersions: [v1]\n'}    ${more}
${more.startsWith('admission') ? '    admissionReviewVersions: [v1]\n' : ''}`;

const plain = (rest: string): string => `apiVersion: v1\nkind: ${rest}`;

const job = (rest: string): string => object('Job', rest, 'batch/v1');

testRule(refusedValue, {
  accepts: {
    'a listener twice, of which `refused-listener` tells': object(
      'Gateway',
      '  gatewayClassName: gate\n  listeners:\n    - { name: http, port: 80, protocol: HTTP }\n    - { name: http, port: 81, protocol: HTTP }\n',
      'gateway.networking.k8s.io/v1',
    ),
    'a generation below 0, where each object begins with 1': object(
      'Pod',
      '  containers: [{ name: quay, image: harbour/quay:1 }]\n',
      'v1',
      '{ name: quay, generation: -1 }',
    ),
    'a subdomain that its StatefulSet replaces': object(
      'StatefulSet',
      '  selector: { matchLabels: { app: a } }\n  template: { metadata: { labels: { app: a } }, spec: { subdomain: a.b, containers: [{ name: a, image: a }] } }\n',
      'apps/v1',
    ),
    'a node that is preferred by a value that no label has': pod(
      '  affinity:\n    nodeAffinity:\n      preferredDuringSchedulingIgnoredDuringExecution:\n        - { weight: 1, preference: { matchExpressions: [{ key: a, operator: In, values: [b c] }] } }\n',
    ),
    'a stop signal, which is dropped': pod('      lifecycle: { stopSignal: TERM }\n'),
    'a priority that its class comes to': pod(
      '  priorityClassName: system-node-critical\n  priority: 2000001000\n',
    ),
    'a priority of a class that only the cluster knows': pod('  priorityClassName: high\n  priority: 100\n'),
    'the labels of a Job by which it selects': job(
      '  manualSelector: true\n  selector: { matchLabels: { controller-uid: a } }\n  template: { metadata: { labels: { controller-uid: a } }, spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }\n',
    ),
    'the name of its own Job': job(
      '  template: { metadata: { labels: { job-name: quay } }, spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }\n',
    ),
    'a disk of iSCSI, one of CephFS and one of Azure': pod(
      '  volumes:\n    - { name: a, iscsi: { targetPortal: 10.0.0.1, iqn: "iqn.2001-04.com.example:disk", lun: 0 } }\n    - { name: b, cephfs: { monitors: [10.0.0.1] } }\n    - { name: c, azureDisk: { diskName: a, diskURI: /subscriptions/b, kind: Managed } }\n',
    ),
    'a selector of a Job that is filled in': job(
      '  selector: {}\n  template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }\n',
    ),
    'a schedule with names and steps': object(
      'CronJob',
      '  schedule: "*/5 0-6/2 ? JAN,mar MON-FRI"\n  timeZone: America/Port-au-Prince\n  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }\n',
      'batch/v1',
    ),
    'a namespace of what belongs to none': plain('Namespace\nmetadata: { name: quay, namespace: a.b }\n'),
    'less than no time to end, in a Pod': pod('  terminationGracePeriodSeconds: -1\n'),
    'owners in a template': object(
      'ReplicationController',
      '  template:\n    metadata: { labels: { app: quay }, ownerReferences: [{}] }\n    spec: { containers: [{ name: quay, image: a }] }\n',
    ),
    'one key of a login': plain(
      'Secret\nmetadata: { name: quay }\ntype: kubernetes.io/basic-auth\nstringData: { username: a }\n',
    ),
    'a sleep as long as the Pod has': pod('      lifecycle: { preStop: { sleep: { seconds: 30 } } }\n'),
    'probes of a sidecar': pod(
      '  initContainers: [{ name: side, image: a, restartPolicy: Always, readinessProbe: { tcpSocket: { port: 1 } } }]\n',
    ),
    'every address as a source': object(
      'Service',
      '  type: LoadBalancer\n  loadBalancerSourceRanges: ["::/0", "10.0.0.1/8"]\n  ports: [{ port: 80 }]\n',
    ),
    'names that another tool fills in': object(
      'Service',
      '  selector: { app: "${APP}" }\n  ports: [{ port: 80 }]\n',
      'v1',
      '{ name: "${NAME}" }',
    ),
    'a name in braces that a test fills in': object(
      'GatewayClass',
      '  controllerName: "{CONTROLLER_NAME}"\n',
      'gateway.networking.k8s.io/v1',
    ),
    'names that people mark for others': object(
      'Ingress',
      '  tls: [{ hosts: [__QUAY_HOST__], secretName: QUAY_NAME-tls }]\n  rules: [{ host: __QUAY_HOST__, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: QUAY_NAME-web, port: { number: 80 } } } }] } }]\n',
      'networking.k8s.io/v1',
    ),
    'a header without a value': pod(
      '      livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: X-Quay }] } }\n',
    ),
    'a claim that says how it is opened, and how much is wanted': claims(
      'accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }',
    ),
    'rules of a webhook that say all': webhooks(
      'rules: [{ operations: ["*"], apiGroups: [""], apiVersions: ["*"], resources: [pods] }]',
    ),
    'what stands in other objects under any name': pod(
      '      envFrom: [{ prefix: A_, configMapRef: { name: quay } }]\n      env: [{ name: A, valueFrom: { secretKeyRef: { name: quay.a, key: A_b.c } } }]\n',
    ),
    'a wildcard host': object(
      'Ingress',
      '  rules: [{ host: "*.example.com", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: quay, port: { number: 80 } } } }] } }]\n',
      'networking.k8s.io/v1',
    ),
    'volumes that a StatefulSet claims': object(
      'StatefulSet',
      `  selector: { matchLabels: { app: quay } }
  template:
    metadata: { labels: { app: quay } }
    spec: { containers: [{ name: quay, image: a, volumeMounts: [{ name: data, mountPath: /data }] }] }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]
`,
      'apps/v1',
    ),
    'addresses of both families': object(
      'Service',
      '  externalIPs: ["2001:db8::1", 10.0.0.1]\n  selector: { app: quay }\n  ports: [{ port: 80 }]\n',
    ),
  },
  rejects: {
    'a generation below 0, which this kind keeps': `${plain('ConfigMap')}\nmetadata:\n  name: quay\n  generation: -1 # error: refused-value\n`,
    'an envFrom without a source': pod('      envFrom:\n        - {} # error: refused-value\n'),
    'an empty sideEffects': webhooks('timeoutSeconds: 5').replace(
      'sideEffects: None',
      'sideEffects: "" # error: refused-value',
    ),
    'a version of reviews twice': webhooks('timeoutSeconds: 5').replace(
      '[v1]',
      '[v1, v1] # error: refused-value',
    ),
    'a login in the address of a webhook': webhooks('timeoutSeconds: 5').replace(
      '"https://quay.example" }',
      '"https://a:b@quay.example" } # error: refused-value',
    ),
    'a probe of what ends before': pod(
      '  initContainers:\n    - name: first\n      image: a\n      readinessProbe: { tcpSocket: { port: 1 } } # error: refused-value\n',
    ),
    'a sleep longer than the Pod has': pod(
      '      lifecycle: { preStop: { sleep: { seconds: 31 } } } # error: refused-value\n',
    ),
    'a type of Secret that promises more': plain(
      'Secret\nmetadata: { name: quay }\ntype: kubernetes.io/ssh-auth # error: refused-value\nstringData: { a: b }\n',
    ),
    'a namespace that none can be called': plain(
      'ConfigMap\nmetadata: { name: quay, namespace: A } # error: refused-value\n',
    ),
    'a finalizer without a domain': plain(
      'ConfigMap\nmetadata: { name: quay, finalizers: [a] } # error: refused-value\n',
    ),
    'an external address of nobody': object(
      'Service',
      '  externalIPs: [127.0.0.1] # error: refused-value\n  ports: [{ port: 80 }]\n',
    ),
    'requests of a device without a limit': pod(
      '      resources: { requests: { nvidia.com/gpu: 1 } } # error: refused-value\n',
    ),
    'a spread over nothing': pod(
      '  topologySpreadConstraints: [{ maxSkew: 0, topologyKey: a, whenUnsatisfiable: DoNotSchedule }] # error: refused-value\n',
    ),
    'a redirect with backends': object(
      'HTTPRoute',
      '  rules:\n    - filters: [{ type: RequestRedirect, requestRedirect: {} }] # error: refused-value\n      backendRefs: [{ name: a, port: 80 }]\n  parentRefs: [{ name: a }]\n',
      'gateway.networking.k8s.io/v1',
    ),
    'one parent, told apart once': object(
      'HTTPRoute',
      '  parentRefs: [{ name: a }, { name: a, sectionName: b }] # error: refused-value\n',
      'gateway.networking.k8s.io/v1',
    ),
    'users and groups of more than 31 bits': `
apiVersion: v1
kind: Pod
metadata: { name: quay }
spec:
  securityContext:
    runAsUser: 2147483648 # error: refused-value
    fsGroup: 2147483647
    supplementalGroups:
      - 1000
      - 4294967296 # error: refused-value
  containers: [{ name: quay, image: nginx }]
`,
    'two files of one volume at one path': `
apiVersion: v1
kind: Pod
metadata: { name: quay }
spec:
  containers: [{ name: quay, image: nginx }]
  volumes:
    - name: files
      projected:
        sources:
          - secret: { name: keys, items: [{ key: a, path: key }] }
          - serviceAccountToken: { path: key }
          - configMap:
              name: settings
              items:
                - { key: a, path: key } # error: refused-value
`,
    'a claim with a limit alone': claims(
      'accessModes: [ReadWriteOnce] # error: refused-value\n        resources: { limits: { storage: 1Gi } }',
    ),
    'a claim that is opened in no way': claims(
      'resources: { requests: { storage: 1Gi } } # error: refused-value\n        volumeName: quay',
    ),
    'a rule of a webhook that says little': webhooks(
      'rules:\n      - operations: [] # error: refused-value\n        apiGroups: [apps]\n        apiVersions: [v1]\n        resources: [""] # error: refused-value',
    ),
    'two webhooks of one name': webhooks(
      'admissionReviewVersions: [v1]\n  - name: a.quay.example # error: refused-value\n    clientConfig: { url: "https://quay.example" }\n    sideEffects: None',
    ),
    'a key that no ConfigMap can have': pod(
      '      env:\n        - name: A\n          valueFrom:\n            configMapKeyRef:\n              name: quay\n              key: a/b # error: refused-value\n',
    ),
    'a name that no Secret can have': pod(
      '      envFrom:\n        - secretRef: { name: Quay_A } # error: refused-value\n        - configMapRef: {} # error: refused-value\n',
    ),
    'three types of a policy': object(
      'NetworkPolicy',
      '  podSelector: {}\n  policyTypes: [Ingress, Egress, Ingress] # error: refused-value\n',
      'networking.k8s.io/v1',
    ),
    'fewer than no Pods of a DaemonSet at a time': object(
      'DaemonSet',
      '  updateStrategy:\n    rollingUpdate:\n      maxUnavailable: -1 # error: refused-value\n  selector: { matchLabels: { app: a } }\n  template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } }\n',
      'apps/v1',
    ),
    'a Service with a dot in its name':
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: quay.a # error: refused-value\nspec: { ports: [{ port: 80 }], selector: { app: a } }\n',
    'no cluster IP, and a load balancer': object(
      'Service',
      '  type: LoadBalancer\n  clusterIP: None # error: refused-value\n  selector: { app: quay }\n  ports: [{ port: 80 }]\n',
    ),
    'one family of addresses twice': object(
      'Service',
      '  selector: { app: quay }\n  ports: [{ port: 80 }]\n  ipFamilies:\n    - IPv4\n    - IPv4 # error: refused-value\n',
    ),
    'a label with a space':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: quay\n  labels:\n    app: my quay # error: refused-value\n',
    'a key with a space':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: quay }\ndata:\n  my key: a # error: refused-value\n',
    'fewer than no replicas': object(
      'Deployment',
      '  replicas: -1 # error: refused-value\n  selector: { matchLabels: { app: a } }\n  template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } }\n',
      'apps/v1',
    ),
    'two containers of one name': pod(
      '    - name: quay # error: refused-value\n      image: harbour/lamp:1\n',
    ),
    'a mount without its volume': pod(
      '      volumeMounts:\n        - { name: data, mountPath: /data } # error: refused-value\n',
    ),
    'two handlers': pod(
      '      livenessProbe:\n        httpGet: { port: 80 }\n        tcpSocket: { port: 80 } # error: refused-value\n',
    ),
    'a probe without one': pod('      livenessProbe: # error: refused-value\n        periodSeconds: 3\n'),
    'a request above its limit': pod(
      '      resources:\n        limits: { cpu: 500m }\n        requests: { cpu: 1 } # error: refused-value\n',
    ),
    'externalTrafficPolicy of a ClusterIP': object(
      'Service',
      '  externalTrafficPolicy: Local # error: refused-value\n  selector: { app: quay }\n  ports: [{ port: 80 }]\n',
    ),
    'a host with an upper case letter': object(
      'Ingress',
      '  rules:\n    - host: Quay.example.com # error: refused-value\n      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: quay, port: { number: 80 } } } }] }\n',
      'networking.k8s.io/v1',
    ),
    'a path that begins with no slash': object(
      'Ingress',
      '  rules:\n    - http:\n        paths:\n          - path: api # error: refused-value\n            pathType: Prefix\n            backend: { service: { name: quay, port: { number: 80 } } }\n',
      'networking.k8s.io/v1',
    ),
    'what is no CIDR': object(
      'NetworkPolicy',
      '  podSelector: {}\n  ingress:\n    - from:\n        - ipBlock: { cidr: 10.0.0.0/33 } # error: refused-value\n',
      'networking.k8s.io/v1',
    ),
    'a Sunday that is no 7': object(
      'CronJob',
      '  schedule: 0 0 * * 7 # error: refused-value\n  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }\n',
      'batch/v1',
    ),
    'a time zone in small letters': object(
      'CronJob',
      '  schedule: "@hourly"\n  timeZone: europe/berlin # error: refused-value\n  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }\n',
      'batch/v1',
    ),
    'a uid that the server gives': job(
      '  template:\n    metadata:\n      labels:\n        controller-uid: a # error: refused-value\n    spec: { restartPolicy: Never, containers: [{ name: a, image: a }] }\n',
    ),
    'the name of another Job': job(
      '  template:\n    metadata:\n      labels:\n        batch.kubernetes.io/job-name: lamp # error: refused-value\n    spec: { restartPolicy: Never, containers: [{ name: a, image: a }] }\n',
    ),
    'a toleration that compares': pod(
      '  tolerations:\n    - key: a\n      operator: Gt # error: refused-value\n      value: "5"\n',
    ),
    'a priority by number': pod('  priority: 100 # error: refused-value\n'),
    'another priority than that of the class': pod(
      '  priorityClassName: system-node-critical\n  priority: 100 # error: refused-value\n',
    ),
    'a policy that is the class’s': pod('  preemptionPolicy: Never # error: refused-value\n'),
    'no name of iSCSI': pod(
      '  volumes:\n    - name: a\n      iscsi:\n        targetPortal: 10.0.0.1\n        lun: 0\n        iqn: disk # error: refused-value\n',
    ),
    'a name of iSCSI that ends early': pod(
      '  volumes:\n    - name: a\n      iscsi:\n        targetPortal: 10.0.0.1\n        lun: 0\n        iqn: eui.0123 # error: refused-value\n',
    ),
    'a unit that iSCSI has not': pod(
      '  volumes:\n    - name: a\n      iscsi:\n        targetPortal: 10.0.0.1\n        iqn: iqn.2001-04.com.example:disk\n        lun: 256 # error: refused-value\n',
    ),
    'CHAP without a Secret': pod(
      '  volumes:\n    - name: a\n      iscsi:\n        targetPortal: 10.0.0.1\n        iqn: iqn.2001-04.com.example:disk\n        lun: 0\n        chapAuthSession: true # error: refused-value\n',
    ),
    'CephFS without monitors': pod(
      '  volumes:\n    - name: a\n      cephfs:\n        monitors: [] # error: refused-value\n',
    ),
    'a managed disk at a blob': pod(
      '  volumes:\n    - name: a\n      azureDisk:\n        diskName: a\n        kind: Managed\n        diskURI: https://a.blob.core.windows.net/b/c.vhd # error: refused-value\n',
    ),
    'a disk without an address': pod(
      '  volumes:\n    - name: a\n      azureDisk:\n        diskName: a\n        kind: Managed\n        diskURI: "" # error: refused-value\n',
    ),
    'one value of which the server says two things': job(
      '  maxFailedIndexes: 1 # error: refused-value\n  template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }\n',
    ),
    'failures that are counted, and Pods that start again': job(
      '  podFailurePolicy: { rules: [{ action: Ignore, onExitCodes: { operator: In, values: [1] } }] }\n  template:\n    spec:\n      restartPolicy: OnFailure # error: refused-value\n      containers: [{ name: a, image: a }]\n',
    ),
    'a class by two names':
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: quay\n  annotations:\n    kubernetes.io/ingress.class: traefik # error: refused-value\nspec:\n  ingressClassName: nginx\n  rules:\n    - host: a\n      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: quay, port: { number: 80 } } } }] }\n',
    'a health check port of what has none': object(
      'Service',
      '  selector: { app: quay }\n  ports: [{ port: 80 }]\n  healthCheckNodePort: 30001 # error: refused-value\n',
    ),
    'nothing in a list of peers': object(
      'NetworkPolicy',
      '  podSelector: {}\n  ingress:\n    - from:\n        - # error: refused-value\n        - podSelector: {}\n',
      'networking.k8s.io/v1',
    ),
  },
});
