import { describe } from '../model/describe.ts';
import {
  isKnativeService,
  KNATIVE_PORT_NAMES,
  KNATIVE_RESERVED,
  type KnativeService,
} from '../model/knative.ts';
import type { Container, ContainerPort } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const refusedKnativePort: Rule = defineRule({
  id: 'refused-knative-port',
  severity: 'error',
  summary: 'A Service of Knative declares ports that Knative does not take.',
  ofAdmission: true,

  *check({ model }) {
    for (const service of model.workloads.filter(isKnativeService)) {
      const serving = service.template.containers.filter(({ role }) => role === 'container');
      const ports = serving.flatMap((container) => container.ports.map((port) => ({ container, port })));
      const [first, second] = ports;
      if (first && second) yield tooMany(service, first.port, second);
      for (const { container, port } of ports) yield* refused(service, container, port);
      for (const container of serving) yield* variables(service, container);
    }
  },
});

const placeOf = ({ number, name, at }: ContainerPort): Location => (number ?? name ?? { at }).at;

const tooMany = (
  service: KnativeService,
  first: ContainerPort,
  { container, port }: { readonly container: Container; readonly port: ContainerPort },
): Report => ({
  message: `${describe(service)} of Knative declares more than one port`,
  resources: [service],
  field: `containers[${container.name}].ports`,
  labels: [
    { at: placeOf(port), message: 'one too many' },
    { at: placeOf(first), message: 'the first one' },
  ],
  notes: ['Knative takes one port over all containers, as requests can be sent to one only'],
});

function* refused(
  service: KnativeService,
  container: Container,
  { index, name, number, protocol }: ContainerPort,
): Generator<Report> {
  const report = (key: string, at: Location, what: string, label: string, note: string): Report => ({
    message: `${describe(service)} of Knative ${what}, which Knative does not take`,
    resources: [service],
    field: `containers[${container.name}].ports[${index}].${key}`,
    labels: [{ at, message: label }],
    notes: [note],
  });
  const value = portNumber(number);
  if (name && !KNATIVE_PORT_NAMES.includes(name.value)) {
    yield report(
      'name',
      name.at,
      `calls its port \`${name.value}\``,
      '`http1` or `h2c`, or no name at all',
      'the name of the port tells Knative which protocol the process speaks',
    );
  }
  if (protocol && protocolOf(protocol) !== 'TCP') {
    yield report(
      'protocol',
      protocol.at,
      `has a port for ${protocol.value}`,
      'must be TCP',
      'Knative sends requests of HTTP, which travel by TCP',
    );
  }
  if (number && value !== undefined && KNATIVE_RESERVED.includes(value)) {
    yield report(
      'containerPort',
      number.at,
      `has port ${value}`,
      'a port of Knative itself',
      `a container of Knative listens in every Pod, on ${KNATIVE_RESERVED.join(', ')}`,
    );
  }
}

function* variables(service: KnativeService, container: Container): Generator<Report> {
  for (const variable of container.env) {
    if (variable.name.value !== 'PORT' || variable === service.injected) continue;
    yield {
      message: `${describe(service)} of Knative sets PORT, which Knative does not take`,
      resources: [service],
      field: `containers[${container.name}].env[PORT]`,
      labels: [{ at: variable.name.at, message: 'a name that Knative keeps for itself' }],
      notes: ['Knative sets PORT to the containerPort, or to 8080 where there is none'],
      help: ['say the port as `containerPort`, and leave the variable out'],
    };
  }
}

export default refusedKnativePort;
