import type { Plain } from './styled-yaml.ts';

type Map = { [key: string]: Plain };

/** One chain of nine values, any of which may be wrong. */
interface Values {
  ingressService: string;
  ingressPort: string | number;
  selector: string;
  portName: string;
  port: string | number;
  targetPort: string | number;
  containerName: string;
  containerPort: string | number;
  probe: string | number;
  variable: string | number;
  scheme: string;
}

const whole = (below: (limit: number) => number): Values => {
  const process = 30_001 + below(5000);
  const port = 1024 + below(5000);
  return {
    ingressService: 'till',
    ingressPort: below(2) === 0 ? 'web' : port,
    selector: 'till',
    portName: 'web',
    port,
    targetPort: below(2) === 0 ? 'http' : process,
    containerName: 'http',
    containerPort: process,
    probe: below(2) === 0 ? 'http' : process,
    variable: String(process),
    scheme: 'HTTP',
  };
};

/** What people get wrong, one each. */
const MISTAKES: readonly ((values: Values) => void)[] = [
  (one) => (one.ingressService = 'tlil'),
  (one) => (one.ingressPort = 31_000),
  (one) => (one.ingressPort = 'wed'),
  (one) => (one.selector = 'tilll'),
  (one) => (one.portName = 'wbe'),
  (one) => (one.port = String(one.port)),
  (one) => (one.targetPort = 'htttp'),
  (one) => (one.targetPort = 65_001),
  (one) => (one.targetPort = String(one.containerPort)),
  (one) => (one.containerName = 'htpp'),
  (one) => (one.containerPort = String(one.containerPort)),
  (one) => (one.containerPort = 65_002),
  (one) => (one.probe = 'http-web'),
  (one) => (one.probe = 65_003),
  (one) => (one.probe = String(one.containerPort)),
  (one) => (one.variable = Number(one.variable)),
  (one) => (one.variable = '65004'),
  (one) => (one.scheme = 'http'),
];

export interface Shop {
  readonly ingress: Plain;
  readonly service: Plain;
  readonly config: Plain;
  readonly deployment: Plain;
}

/** A working chain with one mistake in it. */
export function brokenShop(below: (limit: number) => number): Shop {
  const values = whole(below);
  MISTAKES[below(MISTAKES.length)]!(values);
  return shopOf(values);
}

function shopOf(values: Values): Shop {
  const metadata: Map = { name: 'till', namespace: 'shop' };
  const backend =
    typeof values.ingressPort === 'string' ? { name: values.ingressPort } : { number: values.ingressPort };
  const labels = { app: 'till' };
  return {
    ingress: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        rules: [
          {
            host: 'till.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: values.ingressService, port: backend } },
                },
              ],
            },
          },
        ],
      },
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        selector: { app: values.selector },
        ports: [{ name: values.portName, port: values.port, targetPort: values.targetPort }],
      },
    },
    config: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { GF_SERVER_HTTP_PORT: values.variable, motto: 'ahoy: all' },
    },
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'till',
                image: 'grafana/grafana:11.2.0',
                envFrom: [{ configMapRef: { name: 'till' } }],
                ports: [{ name: values.containerName, containerPort: values.containerPort }],
                readinessProbe: { httpGet: { port: values.probe, scheme: values.scheme } },
              },
            ],
          },
        },
      },
    },
  };
}
