import { describe, expect, test } from 'vitest';
import { CHROMIUM, openBrowser, reportIn } from './browser.ts';

const { open, pageOf } = openBrowser();

/** What would run, or lead elsewhere, wherever a text were taken for markup. */
const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '<svg onload=alert(1)><image href=//evil.example/x>',
  '"><a href="javascript:alert(1)">x</a>',
  'javascript:alert(1)',
  '${alert(1)}`-alert(1)-`',
  ']]><!--<script>',
  '\u2028alert(1)//\u2029',
  '\u202egnp.exe\u2066',
  '__proto__',
];

/** A broken chain in which a text stands wherever one can. */
const manifests = (text: string): string => {
  const said = JSON.stringify(text);
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${said}, namespace: ${said}, annotations: { note: ${said}, ${said}: ${said} } }
spec: { rules: [{ host: ${said}, http: { paths: [{ path: ${said}, pathType: Prefix, backend: { service: { name: ${said}, port: { name: ${said} } } } }] } }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${said}, namespace: ${said} }
spec: { selector: { app: ${said} }, ports: [{ name: ${said}, port: 80, targetPort: ${said} }, { name: b, port: 81, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${said}, namespace: ${said} }
spec:
  selector: { matchLabels: { app: ${said} } }
  template:
    metadata: { labels: { app: ${said} } }
    spec: { containers: [{ name: ${said}, image: nginx, args: [${said}], env: [{ name: ${said}, value: ${said} }] }] }
`;
};

describe.skipIf(!CHROMIUM)('nothing of the input runs', () => {
  test('whatever stands wherever a text can stand', async () => {
    const url = pageOf({ 'app.yaml': HOSTILE.map(manifests).join('---') });
    const ids = reportIn(url).links.map(({ id }) => id);
    const { page, faults } = await open(url);
    expect(ids.length).toBeGreaterThan(HOSTILE.length * 4);
    const problems = async (): Promise<unknown> =>
      page.evaluate(`({
        foreign: [...document.querySelectorAll('img, iframe, object, embed, image, base, form, [onload], [onerror]')].length,
        scripts: document.querySelectorAll('script').length - 2,
        links: [...document.querySelectorAll('a')].filter((one) => one.protocol !== 'file:').length,
        turned: /[\\u2028\\u2029\\u202e\\u2066]/.exec(document.querySelector('#page').innerText)?.input.slice(0, 80) ?? '',
      })`);
    const none = { foreign: 0, scripts: 0, links: 0, turned: '' };
    for (const id of ids) {
      await page.evaluate(`location.hash = '#link=${id}'`);
      await page.locator('.drawer').waitFor();
      expect(await problems()).toEqual(none);
    }
    for (const text of HOSTILE) {
      const part = encodeURIComponent(text);
      await page.evaluate(
        `location.hash = ${JSON.stringify(`#view=table&q=${part}&url=${part}&ns=${part}&theme=${part}&state=${part}&link=${part}`)}`,
      );
      await page.locator('.drawer').waitFor({ state: 'detached' });
      expect(await problems()).toEqual(none);
    }
    expect(faults).toEqual([]);
  });

  test('a name of ten megabytes is cut where it is shown', async () => {
    const long = 'n'.repeat(10_000_000);
    const service = `apiVersion: v1\nkind: Service\nmetadata: { name: ${long} }\nspec: { ports: [{ port: 80 }] }\n`;
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: ${long} }] }\n`;
    const url = pageOf({ 'app.yaml': `${service}---\n${pod}` });
    expect(JSON.stringify(reportIn(url)).length).toBeLessThan(100_000);
    const { page, faults } = await open(url);
    expect(await page.locator('.drawing svg').count()).toBe(1);
    expect(await page.evaluate('document.querySelector("#page").innerText.length')).toBeLessThan(100_000);
    expect(faults).toEqual([]);
  });
});
