import { testRule } from '../testing/test-rule.ts';
import unknownKind from './unknown-kind.ts';

const object = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: quay }\nspec: { berth: 1 }\n`;

testRule(unknownKind, {
  accepts: {
    'kinds that are not followed': object('rbac.authorization.k8s.io/v1', 'Role'),
    'a version that was removed': object('extensions/v1beta1', 'Deployment'),
    'an older version of today': object('batch/v1beta1', 'CronJob'),
    'a group of another project, two letters off': object('azmonitoring.coreos.com/v1', 'ServiceMonitor'),
    'a group a letter off that has the kind alone': object('networkng.k8s.io/v1', 'Harbour'),
    'kinds of ones own': object('harbour.example/v1', 'Deployment'),
    'what OpenShift calls v1': object('v1', 'Route'),
    'a configuration of kubectl': 'apiVersion: v1\nkind: Config\nclusters: []\n',
    'values of a chart': 'kind: DaemonSet\nreplicas: 3\n',
    'a kind of OpenShift 3, which had its own in the core': object('v1', 'EgressNetworkPolicy'),
    'a kind of a group that grows, in a version that may': object('scheduling.k8s.io/v1alpha2', 'Berth'),
    'a file of another program, which has no name': 'apiVersion: v1\nkind: Berth\nmetadata: {}\n',
    'a kind that the Gateway API had': object('gateway.networking.k8s.io/v1alpha2', 'ReferencePolicy'),
    'a file that only borrows the group': 'apiVersion: traefik.io/v1alpha1\nkind: Berth\nmetadata: {}\n',
  },
  rejects: {
    'like no other, in a version that is settled': object('v1', 'Berth # error: unknown-kind'),
    'like no other, in a group of Kubernetes': object('networking.k8s.io/v1', 'Berth # error: unknown-kind'),
    'lower case': object('v1', 'service # error: unknown-kind'),
    'letters that changed places': object('apps/v1', 'Deploymnet # error: unknown-kind'),
    'the group of another': object('v1 # error: unknown-kind', 'Deployment'),
    'a version that never was': object('apps/v2 # error: unknown-kind', 'Deployment'),
    'a group a letter off': object('app/v1 # error: unknown-kind', 'Deployment'),
    'a group with dots a letter off': object('networkng.k8s.io/v1 # error: unknown-kind', 'Ingress'),
    'a custom group a letter off': object('traefk.io/v1alpha1 # error: unknown-kind', 'IngressRoute'),
    'no apiVersion':
      'kind: Service # error: unknown-kind\nmetadata: { name: quay }\nspec: { ports: [{ port: 80 }] }\n',
    'a kind of the Gateway API that may be newer': object(
      'gateway.networking.k8s.io/v1',
      'MeshRoute # warning: unknown-kind',
    ),
    'a kind that Traefik does not have': object('traefik.io/v1alpha1', 'Berth # warning: unknown-kind'),
    'a custom kind in lower case': object('gateway.networking.k8s.io/v1', 'httproute # error: unknown-kind'),
  },
});
