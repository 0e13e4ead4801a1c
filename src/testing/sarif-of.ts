import type { Report, ReportFinding } from '../report/report.ts';
import { renderSarif, type SarifRule } from '../report/sarif.ts';
import { allRules } from '../rules/index.ts';
import { reportOf } from './report-of.ts';

export const listedRules: readonly SarifRule[] = allRules.map(({ id, summary, severity }) => ({
  id,
  summary,
  severity,
  page: `# ${id}\n`,
}));

/** A place as SARIF says it. */
export interface Place {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>;
  };
  readonly message: { readonly text: string };
}

export interface Result {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Place];
  readonly relatedLocations?: readonly Place[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly { readonly location: Place }[] }[];
  }[];
  readonly partialFingerprints: Record<string, string>;
  readonly fixes?: readonly Record<string, unknown>[];
}

export interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
  readonly invocations: readonly [Record<string, unknown>];
  readonly results: readonly Result[];
}

/** What a SARIF reader gets of a report. */
export const runOf = (report: Report, listed: readonly SarifRule[] = listedRules): Run =>
  JSON.parse(renderSarif(report, listed)).runs[0];

/** One chain whose Service names a port that the Pod does not have. */
export const DOCK: string = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: dock, namespace: harbour }
spec:
  rules:
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: dock, port: { number: 80 } } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: dock, namespace: harbour }
spec:
  selector: { app: dock }
  ports:
    - port: 80
      targetPort: htpt
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: dock, namespace: harbour }
spec:
  selector: { matchLabels: { app: dock } }
  template:
    metadata: { labels: { app: dock } }
    spec: { containers: [{ name: crane, image: example.com/crane, ports: [{ name: http, containerPort: 8080 }] }] }
`;

export const dock = (path = 'app.yaml'): Report => reportOf({ [path]: DOCK });

/** The same with a changed finding. */
export const withFinding = (change: Partial<ReportFinding>): Report => {
  const report = dock();
  return { ...report, findings: report.findings.map((finding) => ({ ...finding, ...change })) };
};
