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
