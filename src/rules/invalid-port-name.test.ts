import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './invalid-port-name.ts';

const service = (port: string): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec:
  selector: { app: bakery }
  ports:
    - ${port}
`;
const pod = (container: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec:
  containers:
    - name: oven
      image: ghcr.io/example/oven
      ${container}
`;
const ingress = (name: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: bakery, namespace: harbour }
spec:
  defaultBackend:
    service:
      name: bakery
      port:
        name: ${name}
`;
const bad = (yaml: string): string => `${yaml} # error: invalid-port-name`;

testRule(rule, {
  accepts: {
    'S-004 fifteen characters, digits and hyphens': pod(
      'ports: [{ name: http-metrics-16, containerPort: 80 }, { name: p-1, containerPort: 81 }]',
    ),
    'S-005 what only Service ports may be called': service('{ name: "80", port: 80 }'),
    'S-005, S-007 a long name with two hyphens': service('{ name: a-very--long-name-of-a-port, port: 80 }'),
    'S-005 no name': service('{ name: "", port: 80 }'),
    'S-013 an empty targetPort is left out': service('{ port: 80, targetPort: "" }'),
    'S-002 quoted digits are another mistake': `${service('{ port: 80, targetPort: "80" }')}---${pod('livenessProbe: { httpGet: { port: "80" } }')}`,
    'S-006 a Service port that an Ingress cannot name is another mistake': `${service('{ name: a-name-of-more-than-15, port: 80 }')}---${ingress('a-name-of-more-than-15')}`,
    'a port that the Service does not have is another mistake': `${service('{ name: http, port: 80 }')}---${ingress('HTTP')}`,
    'what another tool fills in': service('{ name: "${NAME}", port: 80, targetPort: "{{ name }}" }'),
  },
  rejects: {
    'S-180 the port of a NetworkPolicy':
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { ingress: [{ ports: [{ port: HTTP }] }] } # error: invalid-port-name',
    'S-004 sixteen characters': pod(bad('ports: [{ name: http-metrics-16c, containerPort: 80 }]')),
    'S-004 upper case': pod(bad('ports: [{ name: HTTP, containerPort: 80 }]')),
    'S-004 an underscore': pod(bad('ports: [{ name: web_1, containerPort: 80 }]')),
    'S-004 two hyphens': pod(bad('ports: [{ name: a--b, containerPort: 80 }]')),
    'S-004 a hyphen at the end': pod(bad('ports: [{ name: a-, containerPort: 80 }]')),
    'S-004 digits only': pod(bad('ports: [{ name: "8080", containerPort: 80 }]')),
    'S-004 a targetPort': service(bad('{ port: 80, targetPort: Http }')),
    'S-004 a targetPort and the port it names': `${service(bad('{ port: 80, targetPort: web_1 }'))}---${pod(bad('ports: [{ name: web_1, containerPort: 80 }]'))}`,
    'S-004 a probe': pod(bad('readinessProbe: { httpGet: { port: Http } }')),
    'S-004 a probe that names nothing': pod(bad('readinessProbe: { httpGet: { port: "" } }')),
    'S-004 an Ingress': ingress(bad('Http')),
    'S-005 a Service port': service(bad('{ name: web_1, port: 80 }')),
    'S-005 a Service port of 64 characters': service(bad(`{ name: ${'a'.repeat(64)}, port: 80 }`)),
    'S-005 a port of Endpoints': `
apiVersion: v1
kind: Endpoints
metadata: { name: bakery, namespace: harbour }
subsets:
  - ports:
      - ${bad('{ name: Web, port: 80 }')}
`,
    'S-001 a number as the name of a Service port': service(bad('{ name: 80, port: 80 }')),
    'S-001 a number as the name of a container port': pod(bad('ports: [{ name: 80, containerPort: 80 }]')),
    'S-001 a boolean, as YAML 1.1 has it': service(bad('{ name: on, port: 80 }')),
  },
});

const first = (yaml: string) => findingsOf(rule, sourcesOf(yaml))[0]!;

test.each([
  ['S-004 length', 'http-metrics-16c', 'must be no more than 15 characters'],
  ['S-004 characters', 'Web', 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
  ['S-004 letters', '"80"', 'must contain at least one letter (a-z)'],
  ['S-004 hyphens inside', 'a--b', 'must not contain consecutive hyphens'],
  ['S-004 hyphens outside', 'a-', 'must not begin or end with a hyphen'],
])("says the API server's reason: %s", (_, name, reason) => {
  expect(first(pod(`ports: [{ name: ${name}, containerPort: 80 }]`)).notes[0]).toContain(`: ${reason};`);
});

test('S-001 quotes make a number a name where that is one', () => {
  const [fix] = first(service('{ name: 80, port: 80 }')).fixes;
  expect([fix?.applicability, fix?.edits[0]?.text]).toEqual(['safe', '"80"']);
  expect(first(pod('ports: [{ name: 80, containerPort: 80 }]')).fixes).toEqual([]);
});

test('offers the same legal name in every field, and none by cutting', () => {
  expect(first(service('{ port: 80, targetPort: Web_App }')).fixes[0]?.edits[0]?.text).toBe('web-app');
  expect(first(pod('ports: [{ name: Web_App, containerPort: 80 }]')).fixes[0]?.edits[0]?.text).toBe(
    'web-app',
  );
  expect(first(pod('ports: [{ name: http-metrics-16c, containerPort: 80 }]')).fixes).toEqual([]);
});
