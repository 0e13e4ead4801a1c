/** The case that this project began with: audiobookshelf behind an Ingress, its port from a ConfigMap. */
export interface Seed {
  readonly variable: string;
  readonly host?: string;
  readonly targetPort: number | string;
  readonly containerPort: number;
  readonly portName?: string;
  readonly className?: string;
  /** More documents. */
  readonly more?: string;
}

export const seedYaml = (
  namespace: string,
  { variable, host, targetPort, containerPort, portName = 'http', className = 'traefik', more = '' }: Seed,
): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: abs
  namespace: ${namespace}
data:
  PORT: "${variable}"${host === undefined ? '' : `\n  HOST: ${host}`}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: abs
  namespace: ${namespace}
spec:
  selector:
    matchLabels: { app: abs }
  template:
    metadata:
      labels: { app: abs }
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: abs
          image: ghcr.io/advplyr/audiobookshelf:2.17.0
          envFrom:
            - configMapRef: { name: abs }
          ports:
            - name: ${portName}
              containerPort: ${containerPort}
---
apiVersion: v1
kind: Service
metadata:
  name: abs
  namespace: ${namespace}
spec:
  selector: { app: abs }
  ports:
    - port: 80
      targetPort: ${targetPort}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: abs
  namespace: ${namespace}
spec:
  ingressClassName: ${className}
  rules:
    - host: ${namespace}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: abs
                port: { number: 80 }
${more}`;

/** The same application behind a Gateway of the test cluster's controller, with TLS. */
export const gatewayYaml = (
  namespace: string,
  host: string,
): string => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: ${namespace} }
spec:
  gatewayClassName: traefik
  listeners:
    - name: web
      port: 443
      protocol: HTTPS
      hostname: ${host}
      tls: { certificateRefs: [{ name: gate }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: gate, namespace: ${namespace} }
spec:
  parentRefs: [{ name: gate }]
  hostnames: [${host}]
  rules: [{ backendRefs: [{ name: abs, port: 80 }] }]
`;

/** Ways to the application that no route takes: ports that every node opens, one of them to nowhere. */
export const outsideYaml = (namespace: string): string => `apiVersion: v1
kind: Service
metadata: { name: node, namespace: ${namespace} }
spec: { type: NodePort, selector: { app: abs }, ports: [{ port: 80, targetPort: 3005 }] }
---
apiVersion: v1
kind: Service
metadata: { name: local, namespace: ${namespace} }
spec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: abs }, ports: [{ port: 80, targetPort: 3005 }] }
---
apiVersion: v1
kind: Service
metadata: { name: shut, namespace: ${namespace} }
spec: { type: NodePort, selector: { app: abs }, ports: [{ port: 80, targetPort: 3006 }] }
---
apiVersion: v1
kind: Service
metadata: { name: name, namespace: ${namespace} }
spec: { type: ExternalName, externalName: example.com, ports: [{ port: 80 }] }
`;

/** Two Ingresses with `tls`: one as people write it, one that Traefik takes at its entry point of https. */
export const tlsYaml = (namespace: string): string =>
  ['plain', 'taken']
    .map((name) => {
      const host = `${name}.${namespace}.example.com`;
      const way = 'traefik.ingress.kubernetes.io/router.tls';
      const taken = `, annotations: { ${way}: 'true', ${way}.options: ${namespace}-own@kubernetescrd }`;
      return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: ${namespace}${name === 'taken' ? taken : ''} }
spec:
  ingressClassName: traefik
  tls: [{ hosts: [${host}], secretName: gate }]
  rules:
    - host: ${host}
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: abs, port: { number: 80 } } } }] }
`;
    })
    .concat(`apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata: { name: own, namespace: ${namespace} }
spec: { minVersion: VersionTLS12 }
`)
    .join('---\n');
