import { describe } from '../model/describe.ts';
import { isIstioGateway } from '../model/istio.ts';
import type { Workload } from '../model/model.ts';
import { isPlaceholder } from '../model/ports.ts';
import { gatewayPods } from '../questions/routes/gateway-pods.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Rule } from './rule.ts';

const unmatchedGateway: Rule = defineRule({
  id: 'unmatched-gateway',
  severity: 'warning',
  summary: 'The selector of an Istio Gateway matches none of the gateway Pods that the input has.',

  *check({ model }) {
    const proxies = model.workloads.filter(isGatewayProxy);
    if (proxies.length === 0 || model.unread.length > 0) return;
    const podsOf = gatewayPods(model);
    for (const gateway of model.ofKind('Gateway').filter(isIstioGateway)) {
      const { selector } = gateway;
      if (selector.size === 0 || [...selector.values()].some(isPlaceholder)) continue;
      if (proxies.some(({ unsettled }) => unsettled?.labels)) continue;
      const pods = podsOf(gateway);
      if (!pods || pods.length > 0) continue;
      const [proxy] = proxies;
      const [key, wanted] = [...selector].find(
        ([name, { value }]) => proxy!.template.labels.get(name)?.value !== value,
      )!;
      const there = proxy!.template.labels.get(key);
      const meant = proxies.length === 1 && selector.size === 1 && there?.value ? there.value : undefined;
      yield {
        message: `${describe(gateway)} selects no Pod: the gateway of the input, ${describe(proxy!)}, has ${there ? `\`${key}: ${there.value}\`` : `no label \`${key}\``}`,
        resources: [gateway, proxy!],
        field: 'spec.selector',
        stopsTraffic: true,
        labels: [
          { at: wanted.at, message: 'no gateway Pod has this' },
          { at: (there ?? { at: proxy!.template.labelsAt }).at, message: 'the labels of the gateway' },
        ],
        notes: [
          'its servers are opened by the proxies that it selects, in whatever namespace they are; without one, connections are refused',
        ],
        help: meant === undefined ? ['select labels that the gateway Pods have'] : [],
        fixes:
          meant === undefined
            ? []
            : [{ title: `select \`${meant}\``, applicability: 'unsafe', edits: [spell(wanted.at, meant)] }],
      };
    }
  },
});

/** A workload that runs Istio's proxy for others: as a gateway's own image, or where injection makes one of it. */
const isGatewayProxy = ({ template }: Workload): boolean =>
  template.annotations.get('inject.istio.io/templates')?.value === 'gateway' ||
  template.containers.some(
    ({ name, image, args }) =>
      // The injector fills this in; a Pod of the proxy alone is a gateway, beside others it is a sidecar.
      (name === 'istio-proxy' && image?.value === 'auto' && template.containers.length === 1) ||
      (/(?:^|\/)proxyv2(?::|@|$)/.test(image?.value ?? '') &&
        args?.some(({ value }) => value === 'router') === true),
  );

export default unmatchedGateway;
