import { endsOf } from '../graph/links/ends.ts';
import type { BackendLink } from '../graph/links/route-links.ts';
import { mayMean, mayTakeHttp } from '../knowledge/port-role.ts';
import { sendTo, sendToEndpoint } from '../model/backend-edits.ts';
import { describe } from '../model/describe.ts';
import type { Service, ServicePort } from '../model/model.ts';
import { callServicePort, type PortChange, renumberServicePort } from '../model/port-edits.ts';
import { portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { type BackendClue, clueOf } from '../questions/routes/backend-clues.ts';
import { isSpared, wordsFor } from '../questions/routes/route-words.ts';
import { portsElsewhere } from '../questions/services/ports-elsewhere.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Fix, type Label, type Report, type Rule } from './rule.ts';

const undefinedBackendPort: Rule = defineRule({
  id: 'undefined-backend-port',
  severity: 'error',
  summary: 'An Ingress or another route sends traffic to a port that the Service does not have.',

  *check(graph) {
    for (const link of graph.backends) {
      const { route, backend, service } = link;
      // A port that is found and refused all the same, or that is not given, is another mistake.
      if (link.state !== 'broken' || !service || link.servicePort || isOther(link.fault)) continue;
      const { portNumber: number, portName: name } = backend;
      if ((number && name) || (!number && !name)) {
        yield notExactlyOne(link, service);
        continue;
      }
      if (number && (portNumber(number) === undefined || isToldElsewhere(number.value, service))) continue;

      const words = wordsFor(link);
      const severity = isSpared(link) ? 'warning' : 'error';
      const asked = (number ?? name)!;
      if (link.fault === 'protocol') {
        yield { ...forAnother(link, service), severity };
        continue;
      }
      const clues = clueOf(link, graph);
      const isSure = clues?.meant !== undefined && clues.kind !== 'similar-name';
      const wanted = portNumber(number) ?? (name && /\D/.test(name.value) ? name.value : undefined);
      const elsewhere = portsElsewhere(graph, isSure ? undefined : wanted, service);
      // The very name, at another Service, tells more than one like it.
      const clue = clues?.kind === 'similar-name' && elsewhere.says.length > 0 ? undefined : clues;
      // Where it has one port alone, there is no other to be meant.
      const only =
        service.ports.length === 1 && elsewhere.says.length === 0 && isFit(link, service.ports[0]!)
          ? service.ports[0]
          : undefined;
      const meant = clue ? clue.meant : only;
      const shown = name ? `\`${name.value}\`` : `${asked.value}`;
      const lacks = isEndpoint(link) ? 'has no endpoint for' : 'does not have';
      yield {
        severity,
        message: `${describe(route)} ${words.does} port ${shown}, which ${describe(service)} ${lacks}${clue ? meaning(clue, shown, link) : ''}`,
        resources: [route, service],
        field: endsOf(link).from.field,
        link,
        labels: [
          {
            at: asked.at,
            message: isEndpoint(link)
              ? 'no endpoint has this port'
              : `no port of the Service has this ${name ? 'name' : 'number'}`,
          },
          ...(clue ? labelsOf(clue) : portsOf(service)),
        ],
        notes: [
          `${words.port}; ${words.lost}`,
          ...(link.byTargetPort && link.controller.name === 'ingress-nginx'
            ? ['with `service-upstream` the port is dialled at the cluster IP, which serves no targetPort']
            : []),
        ],
        help: elsewhere.says,
        fixes: meant ? fixesTo(meant, link) : elsewhere.sibling ? toService(elsewhere.sibling, link) : [],
      };
    }
  },
});

const isOther = (fault: BackendLink['fault']): boolean =>
  fault === 'no-port-given' || fault === 'not-permitted' || fault === 'no-service';

/** The router of OpenShift compares the number with the Pods' ports (S-168). */
const isEndpoint = ({ route }: BackendLink): boolean => route.api === 'openshift';

/** TCP and UDP on one number are two ports. */
function forAnother(link: BackendLink, service: Service): Report {
  const { route, backend } = link;
  const number = backend.portNumber!;
  const [other] = service.ports.filter(({ port }) => port?.value === number.value);
  const protocol = protocolOf(other?.protocol);
  return {
    message: `${describe(route)} ${wordsFor(link).does} port ${number.value}, which ${describe(service)} has for ${protocol} only`,
    resources: [route, service],
    field: endsOf(link).from.field,
    link,
    labels: [
      {
        at: number.at,
        message: `${/^[AEIOU]/.test(route.kind) ? 'an' : 'a'} ${route.kind} asks for another protocol`,
      },
      ...(other
        ? [{ at: (other.protocol ?? other.port ?? other).at, message: `this one is ${protocol}` }]
        : []),
    ],
    notes: [`TCP and UDP on one number are two ports; ${wordsFor(link).lost}`],
    help: [
      `add an entry for port ${number.value} with \`protocol: ${protocol === 'UDP' ? 'TCP' : 'UDP'}\` to ${describe(service)}`,
    ],
  };
}

/** A nodePort is the concern of misread-node-port; a Service port in quotes is what is wrong, not who asks for it. */
const isToldElsewhere = (value: unknown, { ports }: Service): boolean =>
  ports.some(({ port, nodePort }) => nodePort?.value === value || port?.value === String(value));

/** The second half of the message: what it is instead. */
function meaning(clue: BackendClue, shown: string, { route }: BackendLink): string {
  const port = clue.meant?.port?.value;
  switch (clue.kind) {
    case 'target-port':
      return `; ${shown} is the targetPort of its port ${port}`;
    case 'forwarded':
      return `; ${shown} is the containerPort of ${describe(clue.workload)} behind its port ${port}`;
    case 'container-port':
      return `; ${shown} is a containerPort of ${describe(clue.workload)}, to which no port of the Service forwards`;
    case 'number-as-name':
      return route.api !== 'ingress'
        ? ' by this name; a number in quotes is a name'
        : ' by this name; its number must be given as `number`';
    case 'service-port':
      return `; ${shown} is the Service's own port, behind which its Pods have another`;
    case 'similar-name':
      return '';
  }
}

function labelsOf(clue: BackendClue): Label[] {
  switch (clue.kind) {
    case 'target-port':
      return [...numberLabel(clue.meant), { at: clue.meant.targetPort!.at, message: "the Pods' port" }];
    case 'forwarded':
    case 'container-port': {
      const { name, number, at } = clue.containerPort;
      const label = { at: (number ?? name ?? { at }).at, message: "the container's port" };
      return clue.meant ? [...numberLabel(clue.meant), label] : [label];
    }
    case 'number-as-name':
    case 'service-port':
      return numberLabel(clue.meant);
    case 'similar-name':
      return [{ at: clue.meant.name!.at, message: 'the nearest name' }];
  }
}

const numberLabel = ({ port }: ServicePort): Label[] =>
  port ? [{ at: port.at, message: "the Service's port" }] : [];

function portsOf({ ports, nameAt }: Service): Label[] {
  if (ports.length === 0) return [{ at: nameAt, message: 'a Service without ports' }];
  return ports.slice(0, 4).map(({ name, port, at }) => ({
    at: (port ?? { at }).at,
    message: name ? `port \`${name.value}\`` : 'a port without a name',
  }));
}

/** SSH is never sent what a browser asks for. */
const isFit = ({ route, backend }: BackendLink, { name }: ServicePort): boolean =>
  mayMean([backend.portName?.value], name?.value) && (!OF_HTTP.test(route.kind) || mayTakeHttp(name?.value));

const OF_HTTP = /^(?:Ingress|HTTPRoute|IngressRoute|HTTPProxy)$/;

function fixesTo(meant: ServicePort, link: BackendLink): Fix[] {
  const change = isEndpoint(link) ? sendToEndpoint(link.backend, meant) : sendTo(link.backend, meant);
  // A Service is not changed for a backend whose clients notice nothing.
  const there = isEndpoint(link) || isSpared(link) ? [] : asAsked(meant, link.backend);
  return [
    ...(change ? [{ title: `${wordsFor(link).change} port ${change.port}`, edits: change.edits }] : []),
    ...(change ? there : []),
  ].map((fix) => ({ ...fix, applicability: 'unsafe' }));
}

/** The other end: the Service's port becomes what the route asks for. */
function asAsked(meant: ServicePort, { portName, portNumber: asked }: BackendLink['backend']): PortChange[] {
  if (portName) return callServicePort(meant, portName.value);
  const number = portNumber(asked);
  return number === undefined ? [] : renumberServicePort(meant, number);
}

/** Another Service before the same Pods, which has this very port. */
function toService({ name }: Service, { backend, service }: BackendLink): Fix[] {
  const { value, at } = backend.service ?? {};
  if (!at || !service || value === undefined) return [];
  const isHost = value.startsWith(`${service.name}.`);
  if (value !== service.name && !isHost) return [];
  const text = `${name}${value.slice(service.name.length)}`;
  return [{ title: `send it to Service \`${name}\``, applicability: 'unsafe', edits: [spell(at, text)] }];
}

function notExactlyOne(link: BackendLink, service: Service): Report {
  const { route, backend } = link;
  const both = backend.portName && backend.portNumber;
  return {
    message: `${describe(route)} gives ${both ? 'both a name and a number' : 'neither a name nor a number'} for the port of ${describe(service)}`,
    resources: [route, service],
    field: endsOf(link).from.field,
    link,
    labels: both
      ? [
          { at: both.at, message: 'the number' },
          { at: backend.portName!.at, message: 'the name' },
        ]
      : [{ at: (backend.service ?? backend).at, message: 'no port is given' }, ...portsOf(service)],
    notes: ['the API server takes an Ingress backend with exactly one of `port.name` and `port.number`'],
  };
}

export default undefinedBackendPort;
