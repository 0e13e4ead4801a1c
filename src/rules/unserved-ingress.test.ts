import { testRule } from '../testing/test-rule.ts';
import rule from './unserved-ingress.ts';

const MARK = '# warning: unserved-ingress';
const ingress = (spec = '', annotations = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gate
  ${annotations && `annotations:\n    ${annotations}`}
spec:
  ${spec}
  defaultBackend: { service: { name: pier, port: { number: 80 } } }
`;
const marked = ingress().replace('name: gate', `name: gate ${MARK}`);
const ingressClass = (name: string, controller = 'k8s.io/ingress-nginx', isDefault = 'false'): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name}, annotations: { ingressclass.kubernetes.io/is-default-class: "${isDefault}" } }
spec: { controller: ${controller} }
`;
const workload = (image: string, args: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: harbourmaster }
spec:
  template:
    spec:
      containers:
        - name: harbourmaster
          image: ${image}
          args: ${args}
          ${more}
`;
const ERROR = '# error: unserved-ingress';
const TRAEFIK = 'traefik.io/ingress-controller';
const flags = '["--entryPoints.web.address=:8000", "--entrypoints.websecure.address=:8443"]';
const asks = (points: string, mark = ''): string =>
  ingress('', `traefik.ingress.kubernetes.io/router.entrypoints: ${points} ${mark}`);
const ingressRoute = (points: string, more = '', kind = 'IngressRoute'): string => `
apiVersion: traefik.io/v1alpha1
kind: ${kind}
metadata: { name: gate }
spec:
  entryPoints:
    ${points}
  routes:
    - kind: Rule
      match: HostSNI(\`*\`)
      services: [{ name: pier, port: 80 }]
  ${more}
`;
const dns = '["--entryPoints.dns.address=:5353/udp", "--entryPoints.web.address=:8000"]';

testRule(rule, {
  accepts: {
    'the class that the flag says': `${ingress('', 'kubernetes.io/ingress.class: inside')}---${workload('haproxytech/kubernetes-ingress:3.1', '["--ingress.class=inside"]')}`,
    'a class of another program': `${ingress('', 'kubernetes.io/ingress.class: nginx')}---${workload('haproxytech/kubernetes-ingress:3.1', '["--ingress.class=inside"]')}`,
    'another controller of the input has no such flag': `${ingress('', 'kubernetes.io/ingress.class: haproxy')}---${workload('haproxytech/kubernetes-ingress:3.1', '["--ingress.class=inside"]')}---${workload('haproxytech/kubernetes-ingress:3.1', '[]').replace(/harbourmaster/g, 'outside')}`,
    'an IngressClass with the class behind the controller': `${ingress('ingressClassName: haproxy')}---${workload('haproxytech/kubernetes-ingress:3.1', '["--ingress.class=inside"]')}---${ingressClass('haproxy', 'haproxy.org/ingress-controller/inside')}`,
    'the class is there': `${ingress('ingressClassName: outside')}---${ingressClass('outside')}`,
    'no IngressClass in the input: the cluster may have it': ingress('ingressClassName: outside'),
    'S-120 field and annotation agree': `${ingress('ingressClassName: outside', 'kubernetes.io/ingress.class: outside')}---${ingressClass('outside')}`,
    'S-121 no class, and a default one': `${ingress()}---${ingressClass('outside', 'k8s.io/ingress-nginx', 'true')}`,
    'no class, and no IngressClass in the input': ingress(),
    'S-122 the controller decides, not the name of the class': `${ingress()}---${ingressClass('nginx', 'example.com/harbourmaster')}`,
    'S-136 the annotation is compared with a flag, not with IngressClasses': `${ingress('', 'kubernetes.io/ingress.class: inside')}---${ingressClass('outside')}`,
    'S-136 a flag serves an Ingress without a class': `${ingress()}---${ingressClass('outside')}---${workload('registry.k8s.io/ingress-nginx/controller:v1.11.2', '[/nginx-ingress-controller, --watch-ingress-without-class=true]')}`,
    'S-147 Traefik serves an Ingress without a class': `${ingress()}---${ingressClass('outside')}---${ingressClass('front', TRAEFIK)}`,
    'a class that is filled in before it is applied': `${ingress('ingressClassName: "${CLASS}"')}---${ingressClass('outside')}`,
    'a template that is not rendered may hold the class': {
      'gate.yaml': `${ingress('ingressClassName: inside')}---${ingress()}---${ingressClass('outside')}`,
      'chart/templates/class.yaml': 'kind: IngressClass\nmetadata: { name: {{ .Values.class }} }\n',
    },
    'S-148 entry points of an IngressRoute that Traefik opens': `${ingressRoute('- web\n    - websecure')}---${workload('traefik:v3.1', flags)}`,
    'S-148 an IngressRoute, and no Traefik in the input': ingressRoute('- lantern'),
    'an entry point for UDP, for a route that carries it': `${ingressRoute('- dns', '', 'IngressRouteUDP')}---${workload('traefik:v3.1', dns)}`,
    'F2 TLS at another entry point too': ingressRoute('- web\n    - websecure', 'tls: {}'),
    'F2 TLS at a web that is elsewhere': `${ingressRoute('- web', 'tls: {}')}---${workload('traefik:v3.1', '["--entryPoints.web.address=:8000"]', 'ports: [{ containerPort: 8000, hostPort: 443 }]')}`,
    'F2 an Ingress with TLS at both': asks('web,websecure').replace(
      'spec:',
      'spec:\n  tls: [{ hosts: [a.example.com] }]',
    ),
    'F2 an Ingress without TLS': asks('web'),
    'F2 no TLS at web': ingressRoute('- web'),
    'S-148 entry points that Traefik opens': `${asks('web, websecure')}---${workload('traefik:v3.1', flags)}`,
    'S-148 its own entry point': `${asks('traefik')}---${workload('traefik:v3.1', flags)}`,
    'S-148 no Traefik in the input': asks('lantern'),
    'S-148 a Traefik that reads a file': `${asks('lantern')}---${workload('traefik:v3.1', '["--configFile=/config/traefik.yml", "--entryPoints.web.address=:8000"]')}`,
    'S-148 a file where Traefik looks for one': `${asks('lantern')}---${workload('docker.io/library/traefik:v3.1', flags, 'volumeMounts: [{ name: config, mountPath: /etc/traefik }]')}`,
    'S-148 a Traefik without flags': `${asks('lantern')}---${workload('traefik:v3.1', '[]')}`,
    'S-148 two of them': `${asks('lantern')}---${workload('traefik:v3.1', flags)}---${workload('traefik:v3.1', flags).replace('name: harbourmaster', 'name: pilot')}`,
    'S-120 a class that a chart from elsewhere may bring': `${ingress('ingressClassName: lantern')}---${ingressClass('outside')}---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: lantern }
`,
    'S-148 an Ingress that ingress-nginx serves': `${asks('lantern').replace('spec:', 'spec:\n  ingressClassName: outside')}---${ingressClass('outside')}---${workload('traefik:v3.1', flags)}`,
  },
  rejects: {
    'the controller is told another class': `${ingress('', `kubernetes.io/ingress.class: haproxy ${MARK}`)}---${workload('haproxytech/kubernetes-ingress:3.1', '["--ingress.class=inside"]')}`,
    'so is Traefik': `${ingress(`ingressClassName: traefik ${MARK}`)}---${workload('traefik:v3.1', '["--providers.kubernetesingress.ingressclass=inside"]')}`,
    'the IngressClass names the controller without the class of its flag': `${ingress(`ingressClassName: haproxy ${MARK}`)}---${workload('haproxytech/kubernetes-ingress:3.1', '["--ingress.class=inside"]')}---${ingressClass('haproxy', 'haproxy.org/ingress-controller')}`,
    'S-148 F2 an entry point of an IngressRoute that Traefik does not open': `${ingressRoute(`- web\n    - https ${MARK}`)}---${workload('traefik:v3.1', flags)}`,
    'S-148 F2 one that is spelled differently': `${ingressRoute(`- websecrue ${ERROR}`)}---${workload('traefik:v3.1', flags)}`,
    'an entry point for UDP, for HTTP': `${ingressRoute(`- dns ${ERROR}`)}---${workload('traefik:v3.1', dns)}`,
    'F2 an Ingress with TLS at web alone': asks('web', MARK).replace(
      'spec:',
      'spec:\n  tls: [{ hosts: [a.example.com] }]',
    ),
    'F2 TLS at web alone': ingressRoute(`- web ${MARK}`, 'tls: {}'),
    'S-120 field and annotation differ': ingress(
      'ingressClassName: outside',
      `kubernetes.io/ingress.class: inside ${MARK}`,
    ),
    'S-121 an empty class': ingress(`ingressClassName: "" ${MARK}`),
    'S-120 a class that is not there': `${ingress(`ingressClassName: lantern ${MARK}`)}---${ingressClass('outside')}---${ingressClass('inside', TRAEFIK)}`,
    'S-120 a class that is spelled differently': `${ingress(`ingressClassName: outsied ${MARK}`)}---${ingressClass('outside')}`,
    'S-120 the same, spelled differently': `${ingress(`ingressClassName: outsied ${MARK}`)}---${ingressClass('outside')}---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: lantern }
`,
    'S-121, S-136 no class, no default class, and ingress-nginx': `${marked}---${ingressClass('outside')}`,
    'S-121 only the exact word makes a default class': `${marked}---${ingressClass('outside', 'k8s.io/ingress-nginx', 'True')}`,
    'S-148 an entry point that Traefik does not open': `${asks('web,lantern', MARK)}---${workload('traefik:v3.1', flags)}`,
    'S-148 none that Traefik opens': `${asks('lantern', ERROR).replace('spec:', 'spec:\n  ingressClassName: inside')}---${ingressClass('inside', TRAEFIK)}---${workload('traefik:v3.1', flags)}`,
    'S-148 none of the Traefik of the input, where another may serve it': `${asks('lantern', MARK)}---${workload('traefik:v3.1', flags)}`,
  },
});
