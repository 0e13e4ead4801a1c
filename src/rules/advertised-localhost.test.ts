import { testRule } from '../testing/test-rule.ts';
import rule from './advertised-localhost.ts';

const MARK = '# warning: advertised-localhost';

const broker = (container: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: kafka, namespace: harbour }
spec:
  selector: { matchLabels: { app: kafka } }
  template:
    metadata: { labels: { app: kafka } }
    spec:
      containers:
        - name: kafka
          image: example.com/broker
          ports: [{ containerPort: 9092 }]
          ${container}
${more}---
apiVersion: v1
kind: Service
metadata: { name: kafka, namespace: harbour }
spec: { selector: { app: kafka }, ports: [{ name: a, port: 9092 }, { name: b, port: 29092 }] }
`;
const bakery = (spec: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  selector: { matchLabels: { app: bakery } }
  template:
    metadata: { labels: { app: bakery } }
    spec:
${spec}`;
const client = (address = 'kafka:9092'): string =>
  bakery(`      containers:
        - name: bakery
          image: example.com/bakery
          env: [{ name: KAFKA_BOOTSTRAP_SERVERS, value: "${address}" }]
`);
const env = (name: string, value: string, mark = ''): string =>
  `env:\n            - name: ${name}\n              value: "${value}" ${mark}`;
const file = (line: string): string => `      volumes: [{ name: c, configMap: { name: kafka } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: kafka, namespace: harbour }
data:
  server.properties: |
    listeners=PLAINTEXT://:9092
    ${line}
`;
const MOUNT = 'volumeMounts: [{ name: c, mountPath: /etc/kafka }]';

/** Members of one StatefulSet, and what each publishes. */
const node = (replicas: string, address: string): string => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: search, namespace: harbour }
spec:
  serviceName: search
  replicas: ${replicas}
  selector: { matchLabels: { app: search } }
  template:
    metadata: { labels: { app: search } }
    spec:
      containers:
        - name: search
          image: example.com/search
          env:
            - { name: network.host, value: 0.0.0.0 }
            - name: network.publish_host
              value: ${address}
`;
/** A program that enters a registry, with lines of its file. */
const instance = (lines: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: bakery, namespace: harbour }
data:
  client.properties: eureka.client.service-url.defaultZone=http://registry:8761/eureka
  application.yaml: |
    ${lines}
${bakery(`      volumes: [{ name: c, configMap: { name: bakery } }]
      containers: [{ name: bakery, image: example.com/bakery, volumeMounts: [{ name: c, mountPath: /etc/bakery }] }]
`)}`;

testRule(rule, {
  accepts: {
    'a single node': node('1', 'localhost'),
    'nodes that publish another address': node('3', '_site_'),
    'an instance that enters by its address': instance('eureka.instance.hostname: localhost').replace(
      '\ndata:',
      '\ndata:\n  more.properties: eureka.instance.prefer-ip-address=true',
    ),
    'the registry itself': instance('eureka.instance.hostname: localhost').replace(
      'http://registry',
      'http://localhost',
    ),
    'one that does not enter': instance('eureka.instance.hostname: localhost').replace(
      '\ndata:',
      '\ndata:\n  more.properties: eureka.client.register-with-eureka=false',
    ),
    'nobody dials it': broker(env('KAFKA_ADVERTISED_LISTENERS', 'PLAINTEXT://localhost:9092')),
    'the listener that is dialled advertises the Service':
      broker(env('KAFKA_ADVERTISED_LISTENERS', 'INSIDE://kafka:9092,HOST://localhost:29092')) + client(),
    'it advertises the Service':
      broker(env('KAFKA_ADVERTISED_LISTENERS', 'PLAINTEXT://kafka:9092')) + client(),
    'an address to listen on': broker(env('KAFKA_LISTENERS', 'PLAINTEXT://localhost:9092')) + client(),
    'a host of another name':
      broker(env('KAFKA_ADVERTISED_LISTENERS', 'PLAINTEXT://localhost.example.com:9092')) + client(),
  },
  rejects: {
    'nodes that find one another at localhost': node('3', `127.0.0.1 ${MARK}`),
    'an instance that enters as localhost': instance(`eureka.instance.hostname: localhost ${MARK}`),
    'the same in sections': instance(`eureka:\n      instance:\n        ip-address: 127.0.0.1 ${MARK}`),
    'the same in variables': broker(
      `${env('EUREKA_INSTANCE_HOSTNAME', 'localhost', MARK)}\n            - { name: EUREKA_CLIENT_SERVICEURL_DEFAULTZONE, value: "http://registry:8761/eureka" }`,
    ),
    'Kafka, as its own images and Confluent have it':
      broker(env('KAFKA_ADVERTISED_LISTENERS', 'PLAINTEXT://localhost:9092', MARK)) + client(),
    'Kafka, as Bitnami has it':
      broker(env('KAFKA_CFG_ADVERTISED_LISTENERS', 'PLAINTEXT://127.0.0.1:9092', MARK)) + client(),
    'the listener that is dialled':
      broker(env('KAFKA_ADVERTISED_LISTENERS', 'INSIDE://kafka:29092,HOST://localhost:9092', MARK)) +
      client(),
    'the host alone': broker(env('KAFKA_ADVERTISED_HOST_NAME', 'localhost', MARK)) + client(),
    'a flag and its word':
      broker(`args: [redpanda, start, --advertise-kafka-addr, "localhost:9092"] ${MARK}`) + client(),
    'a word with both':
      broker(`args: ["--override", "advertised.listeners=PLAINTEXT://localhost:9092"] ${MARK}`) + client(),
    'Redis, of a cluster':
      broker(`args: [redis-server, --cluster-announce-ip, "127.0.0.1"] ${MARK}`) + client(),
    'a mounted file':
      broker(MOUNT, file(`advertised.listeners=PLAINTEXT://localhost:9092 ${MARK}`)) + client(),
  },
});
