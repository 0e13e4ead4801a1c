import { wordLink } from '../graph/links/evidence.ts';
import type { BindLink, ProbeLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import { portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { type LoopbackListener, loopbackListenerOf } from '../questions/processes/loopback-listener.ts';
import { type LoopbackSetting, loopbackSettingOf } from '../questions/processes/loopback-settings.ts';
import { PROBE_NAMES } from '../questions/processes/probe-names.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { settingsOf } from '../questions/processes/settings-of-fact.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { type Location, textOf } from '../text/source.ts';
import { defineRule, type Fix, type Label, type Report, type Rule } from './rule.ts';

const loopbackOnlyListener: Rule = defineRule({
  id: 'loopback-only-listener',
  severity: 'error',
  summary: 'A process listens on loopback only, on a port that a Service, a probe or the node dials.',

  *check(graph) {
    const told = new Set<unknown>();
    for (const link of [...graph.binds, ...graph.probes]) {
      if (link.kind === 'probe' && link.container.role === 'init') continue;
      if (link.kind === 'bind' && link.from.length > 0 && link.from.every(({ distant }) => distant)) continue;
      const found = loopbackListenerOf(graph, link);
      if (!found) {
        const setting = loopbackSettingOf(graph, link);
        if (setting && !told.has(`${setting.at.source.path} ${setting.at.start}`)) {
          told.add(`${setting.at.source.path} ${setting.at.start}`);
          yield likely(link, setting);
        }
        continue;
      }
      // One socket, one finding, however many dial it.
      if (told.has(found.listener)) continue;
      told.add(found.listener);
      yield report(graph, link, found);
    }
  },
});

function report(graph: PortGraph, link: BindLink | ProbeLink, found: LoopbackListener): Report {
  const { workload, state } = link;
  const { container, process, listener } = found;
  const end = processEndOf(graph, { workload, process, listener }, listener.protocol);
  const senders = link.kind === 'bind' ? sendersOf(link) : [];
  const probes = graph.probes.filter(
    (one) => one.workload === workload && loopbackListenerOf(graph, one)?.listener === listener,
  );
  const isProved = state === 'broken';
  const place = listener.boundAt ?? end.at;
  return {
    severity: isProved ? 'error' : 'warning',
    message: `${dialled(link)}, where ${describe(workload)} listens only on 127.0.0.1`,
    resources: [...new Set([workload, ...senders.map(({ service }) => service)])],
    field: `containers[${container.name}].listeners[${listener.port}/${listener.protocol}]`,
    link,
    labels: [
      { at: place, message: `opens ${listener.port} on 127.0.0.1 only` },
      ...senders.map((sender) => ({ at: sentFrom(sender), message: 'traffic is sent there from here' })),
      ...(link.kind === 'bind' && senders.length === 0 && link.declared?.hostPort
        ? [{ at: link.declared.hostPort.at, message: 'the node forwards this port there' }]
        : []),
      ...probes.map(({ probe }): Label => ({ at: probe.port.at, message: 'the kubelet dials it here' })),
    ],
    notes: [
      ...end.grounds,
      ...(isProved ? [] : [`this is likely and not proved, as ${wordLink(link)}`]),
      "Services, probes and hostPorts dial the Pod's address, where a loopback socket refuses; inside the container, and through kubectl port-forward, it answers",
    ],
    help: [helpFor(found)],
    fixes: fixesFor(place),
  };
}

/** Of a program that nobody knows, by what its setting is called. */
function likely(link: BindLink | ProbeLink, { container, name, where, at }: LoopbackSetting): Report {
  const { workload, number } = link;
  const senders = link.kind === 'bind' ? sendersOf(link) : [];
  return {
    severity: 'warning',
    message: `${dialled(link)}, and \`${name}\` of ${describe(workload)} says that it listens on loopback`,
    resources: [...new Set([workload, ...senders.map(({ service }) => service)])],
    field: `containers[${container.name}].listeners[${number}/TCP]`,
    link,
    labels: [
      { at, message: 'an address inside the Pod only' },
      ...senders.map((sender) => ({ at: sentFrom(sender), message: 'traffic is sent there from here' })),
      ...(link.kind === 'probe' ? [{ at: link.probe.port.at, message: 'the kubelet dials it here' }] : []),
    ],
    notes: [
      `\`${name}\` in ${where} is taken for the address that the program listens on, as nothing is known of the program itself`,
      "Services, probes and hostPorts dial the Pod's address, where a loopback socket refuses; inside the container, and through kubectl port-forward, it answers",
    ],
    help: ['let it listen on every address: 0.0.0.0, or :: where the Pods have IPv6'],
    fixes: fixesFor(at),
  };
}

function dialled(link: BindLink | ProbeLink): string {
  if (link.kind === 'probe') {
    return `${PROBE_NAMES[link.probe.type]} of container \`${link.container.name}\` dials ${link.number}`;
  }
  const [sender] = sendersOf(link);
  if (sender) {
    return `${describe(sender.service)} forwards port ${sender.servicePort.port?.value ?? '?'} to ${link.number}`;
  }
  return `the node forwards port ${portNumber(link.declared?.hostPort) ?? '?'} to ${link.number}/${protocolOf(link.declared?.protocol)}`;
}

/** What moves the address of the program. */
function helpFor({ process: { fact } }: LoopbackListener): string {
  const names = (['env', 'flags'] as const).flatMap((kind) =>
    fact ? settingsOf(fact, kind, ({ form }) => form === 'host' || form === 'address') : [],
  );
  return names.length > 0
    ? `let it listen on every address, which ${names.join(', ')} can say: 0.0.0.0, or :: where the Pods have IPv6`
    : 'let it listen on every address, 0.0.0.0 or ::, in its own configuration';
}

const LOOPBACK = /127(?:\.\d{1,3}){3}|\blocalhost\b/g;

/** Where the text names the address, once. */
function fixesFor(at: Location): Fix[] {
  const text = textOf(at);
  if ([...text.matchAll(LOOPBACK)].length !== 1) return [];
  return [
    {
      title: 'listen on 0.0.0.0',
      applicability: 'unsafe',
      edits: [{ at, text: text.replace(LOOPBACK, '0.0.0.0') }],
    },
  ];
}

export default loopbackOnlyListener;
