import { describe } from '../model/describe.ts';
import { isIstioGateway } from '../model/istio.ts';
import { type ParentFinder, parentFinder } from '../questions/routes/parent-finder.ts';
import type { UnexposedListener } from '../questions/routes/unexposed-listener.ts';
import { unexposedListeners } from '../questions/routes/unexposed-listeners.ts';
import { defineRule, type Rule } from './rule.ts';

const unexposedListener: Rule = defineRule({
  id: 'unexposed-listener',
  severity: 'warning',
  summary: 'A Gateway or an ingress controller listens on a port that its data plane does not open.',

  *check(graph) {
    let entered: ParentFinder | undefined;
    for (const listener of unexposedListeners(graph)) {
      const { owner, by, field, port, opened, meant } = listener;
      entered ??= parentFinder(graph);
      const link = entered.from(owner, field) ?? entered.at(owner, port);
      yield {
        ...(link ? { link } : {}),
        // A data plane that is not in the input may be told to open more.
        ...(by ? { stopsTraffic: true as const } : {}),
        message: `${describe(owner)} listens on port ${listener.number}, ${lacking(listener)}`,
        resources: by ? [owner, by] : [owner],
        field,
        labels: [
          {
            at: port.at,
            message:
              listener.lacks === 'entry-point'
                ? 'no entry point has this port'
                : 'no port of the Service leads here',
          },
          ...(opened.length > 0
            ? opened.slice(0, 4).map(({ number, name, at }) => ({ at, message: `\`${name}\` is ${number}` }))
            : by
              ? [{ at: by.nameAt, message: 'the data plane' }]
              : []),
        ],
        notes: notesOn(listener),
        help: meant === undefined ? ['open the port there, or let the listener use one that is open'] : [],
        fixes:
          meant === undefined
            ? []
            : [
                {
                  title: `listen on port ${meant}`,
                  applicability: 'unsafe',
                  edits: [{ at: port.at, text: String(meant) }],
                },
              ],
      };
    }
  },
});

function lacking({ lacks, by }: UnexposedListener): string {
  if (!by) return 'and Traefik opens no such entry point unless it is told to';
  return lacks === 'entry-point'
    ? `and ${describe(by)} opens no such entry point`
    : `which ${describe(by)} does not carry`;
}

function notesOn({ owner, lacks, by, controller }: UnexposedListener): string[] {
  if (isIstioGateway(owner)) {
    return [
      'the number of a server is that of a port of the Service before the proxies, and Envoy listens where that port leads; where the Service has none of it, Envoy listens on a port that no client can dial',
    ];
  }
  if (controller.name === 'ingress-nginx') {
    return [
      'the ConfigMap makes the controller listen inside its Pods; clients outside need the port at its Service too',
    ];
  }
  const reason =
    controller.name === 'traefik'
      ? lacks === 'entry-point'
        ? `Traefik takes a listener for the entry point of the same port, as its process opens it and not as its Service maps it: \`no matching entryPoint for port\`${by ? '' : '; its chart opens 8000 and 8443 behind 80 and 443'}`
        : 'the entry point is open, and nothing outside its Pod leads there'
      : 'a Gateway that is bound to a Service listens on the ports of that Service, and a listener on another does nothing';
  const guess = `that ${controller.name === 'traefik' ? 'Traefik' : 'Istio'} serves this Gateway is taken from the name of its class`;
  return controller.certain ? [reason] : [reason, guess];
}

export default unexposedListener;
