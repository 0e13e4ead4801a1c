import { testRule } from '../testing/test-rule.ts';
import rule from './removed-ingress-api.ts';

const ingress = (apiVersion: string): string => `
apiVersion: ${apiVersion}
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  backend: { serviceName: pier, servicePort: 80 }
`;

testRule(rule, {
  accepts: {
    'S-123 the version that is served': ingress('networking.k8s.io/v1'),
    'an Ingress of another group': ingress('networking.internal.knative.dev/v1alpha1'),
  },
  rejects: {
    'S-123 the first group': ingress('extensions/v1beta1 # warning: removed-ingress-api'),
    'S-123 the beta': ingress('networking.k8s.io/v1beta1 # warning: removed-ingress-api'),
  },
});
