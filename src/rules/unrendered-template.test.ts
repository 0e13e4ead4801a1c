import { testRule } from '../testing/test-rule.ts';
import rule from './unrendered-template.ts';

const service = `
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { ports: [{ port: 80 }] }
`;
const template = `
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }} # warning: unrendered-template
spec:
  ports:
    - port: {{ .Values.port }}
`;

testRule(rule, {
  accepts: {
    'plain YAML': service,
    'braces in quotes and in block text are for someone else': `
apiVersion: v1
kind: ConfigMap
metadata: { name: alerts }
data:
  summary: "{{ $labels.pod }} is down"
  rules: |
    {{ .Alerts }}
`,
    'pages of a site that are written as templates': {
      'layouts/index.json':
        '{{ $pages := .Site.Pages }}\n[{{ range $pages }}{{ .Title | jsonify }},{{ end }}]\n',
      'layouts/feed.yaml': 'title: {{ .Title }}\n{{ range .Pages }}\n- {{ .Title }}\n{{ end }}\n',
    },
  },
  rejects: {
    'what is included may be an object': '{{ include "shop.service" . }} # warning: unrendered-template\n',
    'once for each folder': {
      'chart/templates/quay.yaml': template,
      'chart/templates/service.yaml': template.replace(/ # warning.*/, ''),
    },
    'an action on a line of its own': `
{{- if .Values.enabled }} # warning: unrendered-template
apiVersion: v1
kind: Service
metadata: { name: pier }
{{- end }}
`,
    'beside files that are plain': { 'a.yaml': service, 'b.yaml': template },
  },
});
