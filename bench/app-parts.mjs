/** The parts of a Pod and its configuration that make manifests as long as they are. */

/** @typedef {import('./random.mjs').Random} Random */

const TOPICS = [
  'cache',
  'database',
  'queue',
  'session',
  'search',
  'mail',
  'payment',
  'storage',
  'feature',
  'tracing',
];
const TRAITS = [
  'timeout',
  'retries',
  'level',
  'enabled',
  'mode',
  'region',
  'prefix',
  'size',
  'interval',
  'limit',
];

/** @param {Random} random @param {string} name @param {number} port */
export function environment(random, name, port, upstream, namespace) {
  const list = [
    { name: 'PORT', value: String(port) },
    { name: 'LOG_LEVEL', value: random.pick(['info', 'warn', 'debug']) },
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    {
      name: 'DATABASE_PASSWORD',
      valueFrom: { secretKeyRef: { name: `${name}-credentials`, key: 'password' } },
    },
  ];
  if (upstream) {
    const host = random.chance(0.5) ? upstream.service : `${upstream.service}.${namespace}.svc.cluster.local`;
    list.push({ name: 'UPSTREAM_URL', value: `http://${host}:${upstream.port}/api` });
  }
  for (let more = random.int(0, 6); more > 0; more--) {
    const key = `${random.pick(TOPICS)}_${random.pick(TRAITS)}`.toUpperCase();
    if (!list.some((entry) => entry.name === key))
      list.push({ name: key, value: String(random.int(1, 900)) });
  }
  return list;
}

/** @param {Random} random @param {string | number} port */
export const probes = (random, port) => ({
  livenessProbe: {
    httpGet: { path: random.pick(['/', '/healthz', '/health/live']), port, scheme: 'HTTP' },
    initialDelaySeconds: random.int(5, 30),
    periodSeconds: 10,
    timeoutSeconds: 2,
    failureThreshold: 3,
  },
  readinessProbe: {
    httpGet: { path: random.pick(['/', '/ready', '/health/ready']), port },
    periodSeconds: 5,
  },
});

/** @param {Random} random */
export const resources = (random) => ({
  requests: { cpu: `${random.int(1, 20) * 10}m`, memory: `${random.int(1, 8) * 64}Mi` },
  limits: { memory: `${random.int(8, 32) * 64}Mi` },
});

/** @param {Random} random @param {string} name */
export function settings(random, name) {
  /** @type {Record<string, string>} */
  const data = { APPLICATION_NAME: name, JAVA_OPTS: '-Xms128m -Xmx512m -XX:+UseG1GC' };
  for (let more = random.int(2, 10); more > 0; more--) {
    data[`${random.pick(TOPICS)}_${random.pick(TRAITS)}`.toUpperCase()] = random.pick([
      'true',
      'false',
      'eu-west-1',
      '30s',
    ]);
  }
  if (random.chance(0.25)) {
    const lines = TOPICS.map((topic) => `${topic}.${random.pick(TRAITS)}=${random.int(1, 5000)}`);
    data['application.properties'] = `# Read once, when the application starts.\n${lines.join('\n')}\n`;
  }
  return data;
}

/** @param {Random} random @param {string} host @param {number} port */
export function nginxConfig(random, host, port) {
  const locations = Array.from({ length: random.int(2, 12) }, (_, index) =>
    [
      `  location /${random.pick(TOPICS)}/${index}/ {`,
      `    expires ${random.int(1, 30)}d;`,
      '    add_header Cache-Control "public, max-age=3600";',
      '    try_files $uri $uri/ /index.html;',
      '  }',
    ].join('\n'),
  );
  const head = `server {\n  listen ${port};\n  listen [::]:${port};\n  server_name ${host};\n  root /usr/share/nginx/html;\n`;
  return { 'default.conf': `# One page application\n${head}\n${locations.join('\n\n')}\n}\n` };
}

/** @param {Random} random @param {string} name */
export function dashboard(random, name) {
  const panels = Array.from({ length: random.int(4, 20) }, (_, id) => ({
    id,
    title: `${random.pick(TOPICS)} ${random.pick(TRAITS)}`,
    type: random.pick(['timeseries', 'stat', 'gauge']),
    gridPos: { h: 8, w: 12, x: (id % 2) * 12, y: Math.floor(id / 2) * 8 },
    targets: [{ expr: `sum(rate(http_requests_total{app="${name}"}[5m])) by (code)`, refId: 'A' }],
    fieldConfig: { defaults: { unit: 'reqps', thresholds: { steps: [{ color: 'green', value: null }] } } },
  }));
  return { [`${name}.json`]: `${JSON.stringify({ title: name, refresh: '30s', panels }, null, 2)}\n` };
}
