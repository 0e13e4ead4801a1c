import { load, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import type { Bench } from '../src/fix/bench.ts';
import { mend } from '../src/fix/mend.ts';
import type { Report, ReportFinding, ReportFix } from '../src/report/report.ts';
import { allRules } from '../src/rules/index.ts';
import { brokenShop, type Shop } from '../src/testing/broken-shop.ts';
import { numbersFrom } from '../src/testing/mutated-yaml.ts';
import { STYLES, styledYaml } from '../src/testing/styled-yaml.ts';

/** `PORTOLAN_FIXES=20000` takes more of them. */
const RUNS = Number(process.env.PORTOLAN_FIXES ?? 500);

const benchOf = (texts: Readonly<Record<string, string>>): Bench => {
  const files = new Map(Object.entries(texts));
  return {
    check: async () =>
      toReport(
        check(
          [...files].map(([path, text]) => ({ path, text, kind: 'file', editable: true })),
          { rules: allRules },
        ),
        { version: '0.0.0' },
      ),
    textOf: (path) => files.get(path),
    put: (path, text) => void files.set(path, text),
  };
};

/** Every line, with its ending. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

/** Lines outside of the fix are the same, byte for byte, and its own keep their endings. */
function expectOwnLines(before: string, after: string, edits: ReportFix['edits']): void {
  const [old, now] = [linesOf(before), linesOf(after)];
  const own = new Set(edits.flatMap(({ start, end }) => range(start.line, end.line)));
  const inserted = now.length - old.length;
  const changed = old.flatMap((line, index) => (own.has(index + 1) ? [] : [line]));
  if (inserted === 0) {
    expect(now.flatMap((line, index) => (own.has(index + 1) ? [] : [line]))).toEqual(changed);
  } else {
    let at = 0;
    for (const line of changed) {
      at = now.indexOf(line, at) + 1;
      expect(at, `the line ${JSON.stringify(line)} is gone`).toBeGreaterThan(0);
    }
  }
  if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  else expect(after).not.toContain('\r');
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

const linkOf = (report: Report, { link }: ReportFinding) => report.links.find(({ id }) => id === link);

/** The same link after a fix: where it starts, and of what kind it is. */
const statesLike = (report: Report, finding: ReportFinding, before: Report): string[] => {
  const link = linkOf(before, finding);
  return report.links
    .filter((one) => one.kind === link?.kind && one.from.resource.kind === link.from.resource.kind)
    .map(({ state }) => state);
};

const parse = (text: string): unknown[] => loadAll(text);

async function tryEach(texts: Readonly<Record<string, string>>): Promise<{ made: number; declined: number }> {
  const before = await benchOf(texts).check();
  expect(before.errors, JSON.stringify(texts)).toEqual([]);
  let [made, declined] = [0, 0];
  for (const finding of before.findings) {
    for (const fix of finding.fixes) {
      const isThis = (one: ReportFinding): ReportFix | undefined =>
        one.fingerprint === finding.fingerprint
          ? one.fixes.find(({ title }) => title === fix.title)
          : undefined;
      const mended = await mend(benchOf(texts), isThis);
      if (mended.done.length === 0) {
        expect(mended.files).toEqual([]);
        expect(mended.declined.map(({ reason }) => reason)).not.toEqual([]);
        declined++;
        continue;
      }
      made++;
      for (const file of mended.files) {
        expect(file.before).toBe(texts[file.path]);
        expectOwnLines(
          file.before,
          file.after,
          fix.edits.filter(({ path }) => path === file.path),
        );
        parse(file.after);
      }
      // Checked anew, from the texts alone.
      const now = { ...texts, ...Object.fromEntries(mended.files.map(({ path, after }) => [path, after])) };
      const after = await benchOf(now).check();
      expect(after.errors).toEqual([]);
      expect(after.findings.map(({ fingerprint }) => fingerprint)).not.toContain(finding.fingerprint);
      if (linkOf(before, finding)?.state === 'broken')
        expect(statesLike(after, finding, before)).not.toContain('broken');
      expect(after.summary.links.broken).toBeLessThanOrEqual(before.summary.links.broken);
      expect(after.summary.findings.error).toBeLessThan(
        before.summary.findings.error + (finding.severity === 'error' ? 0 : 1),
      );
    }
  }
  return { made, declined };
}

const inOneFile = (shop: Shop, style: (typeof STYLES)[number], below: (limit: number) => number) => ({
  'shop.yaml': styledYaml(Object.values(shop), style, below),
});

const inFiles = (shop: Shop, style: (typeof STYLES)[number], below: (limit: number) => number) =>
  Object.fromEntries(
    Object.entries(shop).map(([name, one]) => [`${name}.yaml`, styledYaml([one], style, below)]),
  );

test('the texts say what was meant, in every style', () => {
  const below = numbersFrom(7);
  for (const style of STYLES) {
    for (let run = 0; run < 50; run++) {
      const shop = brokenShop(below);
      const text = styledYaml(Object.values(shop), style, below);
      const meant = style.endsWith('list')
        ? [{ apiVersion: 'v1', kind: 'List', items: Object.values(shop) }]
        : Object.values(shop);
      expect(loadAll(text), text).toEqual(meant);
      if (style === 'json-list') expect(load(text)).toEqual(JSON.parse(text));
    }
  }
});

test(`${RUNS} random mistakes: each fix makes its link whole by a change of its own lines, or is not made`, async () => {
  const seed = Math.floor(Math.random() * 0x7fffffff);
  console.info(`fixes: seed ${seed}`);
  const total = { made: 0, declined: 0 };
  for (let run = 0; run < RUNS; run++) {
    const below = numbersFrom(seed + run);
    const shop = brokenShop(below);
    const style = STYLES[below(STYLES.length)]!;
    const texts = below(2) === 0 ? inOneFile(shop, style, below) : inFiles(shop, style, below);
    const { made, declined } = await tryEach(texts).catch((error) => {
      throw new Error(`seed ${seed + run}: ${Object.values(texts).join('\n')}`, { cause: error });
    });
    total.made += made;
    total.declined += declined;
  }
  console.info(`fixes: ${total.made} made, ${total.declined} declined`);
  expect(total.made).toBeGreaterThan(RUNS / 4);
});

const service = (ports: string, selector = '{ app: till }', name = 'till'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop, labels: { app: till } }\nspec: { selector: ${selector}, ports: [${ports}] }\n`;
const pod = (ports: string, more = '', image = 'grafana/grafana:11.2.0'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: till, namespace: shop, labels: { app: till } }\nspec: { containers: [{ name: till, image: ${image}, ports: [${ports}]${more} }] }\n`;
const ingress = (backend: string, port: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: till, namespace: shop }\nspec: { rules: [{ host: till.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${backend}, port: { ${port} } } } }] } }] }\n`;
const policy = (port: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: till, namespace: shop }\nspec: { podSelector: { matchLabels: { app: till } }, ingress: [{ ports: [{ port: ${port} }] }] }\n`;
const monitor = (port: string, label = 'app: till'): string =>
  `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: till, namespace: shop }\nspec: { selector: { matchLabels: { ${label} } }, endpoints: [{ port: ${port} }] }\n`;
const client = (url: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: far, namespace: shop, labels: { app: far } }\nspec: { containers: [{ name: far, image: example/far, env: [{ name: TILL_URL, value: ${url} }] }] }\n`;
const annotated = (backendConfig: string): string =>
  service(WEB).replace(
    'labels:',
    `annotations: { cloud.google.com/backend-config: '${backendConfig}' }, labels:`,
  );
const config = (name: string, key: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { ${key}: "3000" }\n`;
const reader = (name: string, key: string): string =>
  pod(
    HTTP,
    `, env: [{ name: PORT, valueFrom: { configMapKeyRef: { name: ${name}, key: ${key} } } }]`,
    'example/till',
  );
const set = (serviceName: string): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: set, namespace: shop }\nspec: { serviceName: ${serviceName}, replicas: 3, selector: { matchLabels: { app: set } }, template: { metadata: { labels: { app: set } }, spec: { containers: [{ name: set, image: example/set, ports: [${HTTP}] }] } } }\n`;

const WEB = '{ name: web, port: 80, targetPort: 3000 }';
const HTTP = '{ name: http, containerPort: 3000 }';

test.each<[what: string, texts: readonly string[], ends: readonly [string, string]]>([
  [
    'the name of a backend port',
    [ingress('till', 'name: wbe'), service(WEB), pod(HTTP)],
    ['send it to port `web`', "call the Service's port `wbe`"],
  ],
  [
    'the number of a backend port',
    [ingress('till', 'number: 8080'), service(WEB), pod(HTTP)],
    ['send it to port 80', 'give the Service port 8080'],
  ],
  [
    'the name of a Service',
    [ingress('tlil', 'number: 80'), service(WEB), pod(HTTP)],
    ['send it to Service `till`', 'call the Service `tlil`'],
  ],
  [
    'the name of a targetPort',
    [service('{ port: 80, targetPort: htpt }'), pod(HTTP)],
    ['point targetPort at `http`', "call the container's port `htpt`"],
  ],
  [
    'the name of a targetPort, and a port without one',
    [service('{ port: 80, targetPort: http }'), pod('{ containerPort: 3000 }')],
    ['point targetPort at `3000`', "call the container's port `http`"],
  ],
  ['a selector', [service(WEB, '{ app: tilll }'), pod(HTTP)], ['select `till`', 'label the Pods `tilll`']],
  [
    'the name of a probe',
    [pod(HTTP, ', readinessProbe: { httpGet: { port: htpt } }')],
    ['probe port `http`', "call the container's port `htpt`"],
  ],
  [
    'the number of a probe, and the variable that moves the process',
    [
      pod(
        '',
        ', env: [{ name: GF_SERVER_HTTP_PORT, value: "3001" }], readinessProbe: { tcpSocket: { port: 3000 } }',
      ),
    ],
    ['point the probe at `3001`', 'let the process listen on 3000'],
  ],
  [
    'the number of a targetPort, and the variable that moves the process',
    [service(WEB), pod('', ', env: [{ name: GF_SERVER_HTTP_PORT, value: "3001" }]')],
    ['point targetPort at `3001`', 'let the process listen on 3000'],
  ],
  [
    'the number of a targetPort, and the flag that moves the process',
    [
      service('{ port: 80, targetPort: 9000 }'),
      pod('', ', args: [--web.listen-address=:9091]', 'prom/prometheus:v2.53.0'),
    ],
    ['point targetPort at `9091`', 'let the process listen on 9000'],
  ],
  [
    'the port of a NetworkPolicy',
    [service(WEB), pod(HTTP), policy('htpt')],
    ['admit port `http`', "call the container's port `htpt`"],
  ],
  [
    'the port of a ServiceMonitor',
    [service(WEB), pod(HTTP), monitor('wbe')],
    ['scrape port `web`', "call the Service's port `wbe`"],
  ],
  [
    'the port that a client dials',
    [service(WEB), pod(HTTP), client('"http://till:8080"')],
    ['dial port 80', 'give the Service port 8080'],
  ],
  [
    "the Service's port in a NetworkPolicy, and the variable that moves the process",
    [
      service('{ port: 8080, targetPort: 3001 }'),
      pod('{ containerPort: 3001 }', ', env: [{ name: GF_SERVER_HTTP_PORT, value: "3001" }]'),
      policy('8080'),
    ],
    ["admit the Pods' port 3001", 'let the process listen on 8080'],
  ],
  [
    'the name of a port in an annotation',
    [annotated('{"ports":{"wbe":"till"}}'), pod(HTTP)],
    ['name port `web`', "call the Service's port `wbe`"],
  ],
  [
    'the number of a port in an annotation',
    [annotated('{"ports":{"81":"till"}}'), pod(HTTP)],
    ['name port `80`', 'give the Service port 81'],
  ],
  [
    'the labels that a ServiceMonitor selects',
    [service(WEB), pod(HTTP), monitor('web', 'app: tilll')],
    ['select `till`', 'label the Service `tilll`'],
  ],
  [
    'the key of a label that a ServiceMonitor selects',
    [service(WEB), pod(HTTP), monitor('web', 'name: till')],
    ['select by `app`', 'label the Service by `name`'],
  ],
  [
    'the name of a ConfigMap',
    [reader('tlil', 'PORT'), config('till', 'PORT')],
    ['read from `till`', 'call the ConfigMap `tlil`'],
  ],
  [
    'the key of a ConfigMap',
    [reader('till', 'PROT'), config('till', 'PORT')],
    ['read key `PORT`', 'call the key of the ConfigMap `PROT`'],
  ],
  [
    'the Service that governs a StatefulSet',
    [set('tlil'), service('{ port: 3000 }', '{ app: set }').replace('{ sel', '{ clusterIP: None, sel')],
    ['take them from Service `till`', 'call the Service `tlil`'],
  ],
  [
    'a targetPort whose name some of the Pods lack',
    [
      service('{ port: 80, targetPort: http }'),
      pod(HTTP),
      pod('{ name: htpp, containerPort: 3000 }').replace('name: till', 'name: canary'),
    ],
    ['call it `http` here too', 'point targetPort at `3000`'],
  ],
  [
    'a targetPort whose name some of the Pods lack, and a port without one',
    [
      service('{ port: 80, targetPort: http }'),
      pod(HTTP),
      pod('{ containerPort: 3000 }').replace('name: till', 'name: canary'),
    ],
    ["call the container's port `http`", 'point targetPort at `3000`'],
  ],
  [
    'a hostPort on the network of the node',
    [
      pod('{ containerPort: 3000, hostPort: 3001 }', '', 'example/till').replace(
        '{ containers',
        '{ hostNetwork: true, containers',
      ),
    ],
    ['set hostPort to `3000`', 'set containerPort to `3001`'],
  ],
  [
    'a port that Knative sends requests to',
    [
      `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: till, namespace: shop }
spec: { template: { spec: { containers: [{ image: python, command: [python, -m, http.server, '3001'], ports: [{ containerPort: 3000 }] }] } } }
`,
    ],
    ['change containerPort to `3001`', 'let the process listen on 3000'],
  ],
])('either end is offered, and mends the link: %s', async (_, texts, ends) => {
  const files = { 'shop.yaml': texts.join('---\n') };
  const { findings } = await benchOf(files).check();
  const titles = findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));
  expect(titles).toEqual(expect.arrayContaining([...ends]));
  const { declined } = await tryEach(files);
  expect(declined).toBe(0);
});

test.each<[what: string, texts: readonly string[], end: string]>([
  [
    'a monitor, to the name of a Service port',
    [ingress('till', 'name: wbe'), service(WEB), pod(HTTP), monitor('web')],
    'send it to port `web`',
  ],
  [
    'another monitor, to the label of a Service',
    [
      service(WEB),
      pod(HTTP),
      monitor('web', 'app: tilll'),
      monitor('web').replace('name: till', 'name: other'),
    ],
    'select `till`',
  ],
  [
    'a volume, to the key of a ConfigMap',
    [
      reader('till', 'PROT').replace(
        'spec: {',
        'spec: { volumes: [{ name: all, projected: { sources: [{ configMap: { name: till } }] } }],',
      ),
      config('till', 'PORT'),
    ],
    'read key `PORT`',
  ],
  [
    'an annotation takes the targetPort for the port, which clients dial',
    [
      annotated('{"ports":{"8080":"till"}}').replace('3000', '8080'),
      pod('{ name: http, containerPort: 8080 }', '', 'example/till'),
    ],
    'name port `80`',
  ],
  [
    'a probe has its port in the Pod, and only there',
    [
      service('{ port: 80, targetPort: 3000 }'),
      pod('{ containerPort: 3000 }', ', readinessProbe: { tcpSocket: { port: 80 } }', 'example/till'),
    ],
    'dial 3000',
  ],
])('an end that something else holds on to is not offered: %s', async (_, texts, end) => {
  const { findings } = await benchOf({ 'shop.yaml': texts.join('---\n') }).check();
  expect(findings.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toEqual([end]);
});
