const PEARL = 'Pearl7-hidden-9Xw';
const ENCODED = Buffer.from(PEARL).toString('base64');

const container = (lines: string): string => `apiVersion: v1
kind: Pod
metadata: { name: till, labels: { app: till } }
spec:
  containers:
    - name: till
      image: grafana/grafana:11.2.0
      ports: [{ name: http, containerPort: 8080 }]
${lines.replace(/^/gm, '      ')}
---
apiVersion: v1
kind: Service
metadata: { name: till }
spec: { selector: { app: till }, ports: [{ port: 80, targetPort: htpt }] }
`;
const env = (lines: string): string => container(`env:\n${lines.replace(/^/gm, '  ')}`);
const args = (lines: string): string => container(`args:\n${lines.replace(/^/gm, '  ')}`);
const configMap = (lines: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: till }\ndata:\n${lines.replace(/^/gm, '  ')}\n`;
const secret = (lines: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: till\n${lines}\n`;
const annotated = (lines: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: till\n  annotations:\n${lines.replace(/^/gm, '    ')}\nspec:\n  defaultBackend: { service: { name: lost, port: { number: 1 } } }\n`;

/** Each way in which a secret comes into a manifest. */
export const PLANTED: readonly (readonly [string, string])[] = [
  ['stringData', secret(`stringData:\n  PORT: ${PEARL}`)],
  ['data in base64', secret(`data:\n  PORT: ${ENCODED}`)],
  ['a number in stringData', secret(`stringData:\n  PIN: 73912846`)],
  ['a comment in a Secret', secret(`stringData:\n  A: b # was ${PEARL}`)],
  ['an annotation of a Secret', secret(`  annotations: { last: '{"data":{"A":"${PEARL}"}}' }`)],
  ['a block in a Secret', secret(`stringData:\n  conf: |\n    a\n    b ${PEARL}`)],
  [
    'a Secret in a List',
    `kind: List\napiVersion: v1\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: a }\n    stringData: { A: ${PEARL} }\n`,
  ],
  [
    'a Secret in JSON',
    `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"stringData":{"A":"${PEARL}"}}`,
  ],
  ['a Secret that cannot be parsed', secret(`stringData:\n  A: ${PEARL}\n bad: [`)],
  ['a Secret with a template', secret(`stringData:\n  A: ${PEARL}\n  B: {{ .Values.b }}`)],
  [
    'docker logins',
    secret(
      `type: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{"auths":{"ghcr.io":{"auth":"${ENCODED}"}}}'`,
    ),
  ],
  ['a variable called PASSWORD', env(`- name: DB_PASSWORD\n  value: ${PEARL}`)],
  ['a variable whose value comes first', env(`- value: ${PEARL}\n  name: DB_PASSWORD`)],
  ['a variable in one line', env(`- { name: API_TOKEN, value: "${PEARL}" }`)],
  ['a variable that is a number', env(`- name: ADMIN_PASSWORD\n  value: 73912846`)],
  ['a variable over several lines', env(`- name: PRIVATE_KEY\n  value: |\n    begin\n    ${PEARL}`)],
  [
    'a variable with a connection',
    env(`- name: DATABASE_URL\n  value: postgres://till:${PEARL}@db.shop:5432/till`),
  ],
  ['a variable with a parameter', env(`- name: CALLBACK\n  value: http://till:81/in?token=${PEARL}&x=1`)],
  ['a flag with =', args(`- --password=${PEARL}`)],
  ['a flag and its value', args(`- --api-key\n- ${PEARL}`)],
  ['flags in one line', `${container(`args: ["--web.port", "81", "--token", "${PEARL}"]`)}`],
  ['a flag in a script', container(`command: [sh, -c, "serve --port 81 --db-password ${PEARL} --x"]`)],
  ['a variable in a script', container(`command: [sh, -c, "DB_PASSWORD=${PEARL} exec serve --port 81"]`)],
  ['curl with a login', container(`command: [sh, -c, "curl -u admin:${PEARL} http://till:81/"]`)],
  [
    'a header in a script',
    container(`command: [sh, -c, "curl -H 'Authorization: Bearer ${PEARL}' http://till:81/"]`),
  ],
  [
    'a header of a probe',
    container(
      `livenessProbe:\n  httpGet:\n    port: htpt\n    httpHeaders:\n      - name: Authorization\n        value: Basic ${ENCODED}`,
    ),
  ],
  [
    'an image with a login',
    container('').replace('grafana/grafana:11.2.0', `bob:${PEARL}@ghcr.io/shop/till:1`),
  ],
  ['a ConfigMap key', configMap(`ADMIN_PASSWORD: ${PEARL}\nURL: http://till:81`)],
  [
    'a properties file',
    configMap(`app.properties: |\n  server.port=81\n  spring.datasource.password=${PEARL}`),
  ],
  [
    'an ini file',
    configMap(`grafana.ini: |\n  [security]\n  admin_password = ${PEARL} and more\n  url = http://till:81`),
  ],
  ['a YAML file', configMap(`app.yaml: |\n  auth:\n    clientSecret: ${PEARL}\n    url: http://till:81`)],
  ['a JSON file', configMap(`app.json: '{"url":"http://till:81","apiKey":"${PEARL}"}'`)],
  [
    'JSON in double quotes',
    configMap(`app.json: "{\\"url\\":\\"http://till:81\\",\\"apiKey\\":\\"${PEARL}\\"}"`),
  ],
  ['redis.conf', configMap(`redis.conf: |\n  port 6380\n  requirepass ${PEARL}`)],
  [
    'a private key',
    configMap(
      `tls: |\n  -----BEGIN RSA PRIVATE KEY-----\n  ${PEARL.replaceAll('-', '+')}\n  -----END RSA PRIVATE KEY-----`,
    ),
  ],
  ['the key of a certificate', configMap(`tls.key: |\n  ${PEARL}`)],
  ['htpasswd', annotated(`users: "bob:$apr1$${PEARL.slice(0, 8)}$abcdefgh"`)],
  [
    'a login in a snippet',
    annotated(
      `nginx.ingress.kubernetes.io/configuration-snippet: |\n  proxy_set_header Authorization "Basic ${ENCODED}";`,
    ),
  ],
  ['basic-auth of an annotation', annotated(`example.com/basic-auth: bob:${PEARL}`)],
  ['a token by its look', configMap(`note: ghp_${PEARL.replaceAll('-', '')}aaaaaaaa is used`)],
  ['a Slack hook', configMap(`url: https://hooks.slack.com/services/T000/B000/${PEARL}`)],
  ['values of a chart', `image: till\npassword: ${PEARL}\nport: 81\n`],
  [
    'a webhook address',
    `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: w }\nwebhooks:\n  - name: a.b.c\n    clientConfig:\n      url: https://bob:${PEARL}@till.default.svc:81/x\n`,
  ],
  [
    'a kustomization',
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nsecretGenerator:\n  - name: a\n    literals:\n      - DB_PASSWORD=${PEARL}\n`,
  ],
];

/** Each way in which it is written there. */
export const SPELLINGS: readonly string[] = [
  PEARL,
  ENCODED,
  '73912846',
  PEARL.replaceAll('-', '+'),
  PEARL.replaceAll('-', ''),
  `${PEARL.slice(0, 8)}$`,
];
