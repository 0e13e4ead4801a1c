import { describe } from '../model/describe.ts';
import type { Service, ServicePort } from '../model/model.ts';
import { callServicePort, type PortChange, renumberServicePort } from '../model/port-edits.ts';
import { isPortNumber, wantedPort } from '../model/ports.ts';
import { type Cloud, lostAnnotationPorts, type PortKey } from '../questions/routes/annotation-ports.ts';
import { type Located, textOf } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { asChoices, defineRule, type Fix, type Rule } from './rule.ts';

const undefinedAnnotationPort: Rule = defineRule({
  id: 'undefined-annotation-port',
  severity: 'warning',
  summary: 'An annotation of a cloud on a Service is about a port that the Service does not have.',

  *check({ model }) {
    for (const { service, annotation, key, by, cloud } of model.services.flatMap(lostAnnotationPorts)) {
      const said = service.ports.flatMap(({ port, name }) => [
        ...(by === 'number' || !name ? [] : [name.value]),
        ...(by === 'name' || !port ? [] : [`${port.value}`]),
      ]);
      const [meant] = nearest(key.value, said);
      yield {
        message: `annotation \`${annotation}\` of ${describe(service)} is about port \`${key.value}\`, which the Service does not have`,
        resources: [service],
        field: `metadata.annotations[${annotation}][${key.value}]`,
        labels: [
          { at: key.at, message: MEANS[by] },
          ...service.ports.slice(0, 4).map(({ port, name, at }) => ({
            at: (by === 'number' ? (port ?? { at }) : (name ?? port ?? { at })).at,
            message: name ? `port \`${name.value}\`` : 'a port without a name',
          })),
        ],
        notes: [NOTES[cloud]],
        // Of an annotation that has the number in its name, the value is something else.
        fixes: meant === undefined || textOf(key) !== key.value ? [] : eitherEnd(service, key, meant),
      };
    }
  },
});

/** The annotation says what the port is called, or its number; or the port is what the annotation says. */
function eitherEnd({ ports }: Service, key: Located<string>, meant: string): Fix[] {
  const named = ports.find(({ name }) => name?.value === meant);
  const numbered = named ? undefined : ports.find(({ port }) => `${port?.value}` === meant);
  return asChoices([
    { title: `name port \`${meant}\``, edits: [{ at: key.at, text: meant }] },
    ...(named ? callServicePort(named, key.value) : []),
    ...(numbered ? renumbered(numbered, Number(key.value)) : []),
  ]);
}

/** Who writes the targetPort took it for the Service's own: its clients need not dial another. */
const renumbered = (port: ServicePort, number: number): PortChange[] =>
  isPortNumber(number) && wantedPort(port)?.value !== number ? renumberServicePort(port, number) : [];

const NOTES: Readonly<Record<Cloud, string>> = {
  gke: 'GKE passes over what it cannot match: the port is served, without what the annotation asks for',
  aws: 'a name is looked up among the ports of the Service: a listener of no such port stays without TLS, and a health check of no such port keeps the controller from making the target group',
  digitalocean:
    'the controller compares numbers with the ports of the Service: where there is none it says so in an event, and changes nothing of the load balancer',
  azure:
    'the number in the name of the annotation is that of a port of the Service; for another one nothing is asked for',
  linode:
    'the number in the name of the annotation is that of a port of the Service; for another one nothing is asked for',
};

const MEANS: Readonly<Record<PortKey, string>> = {
  number: 'no port of the Service has this number',
  name: 'no port of the Service has this name',
  'name or number': 'no port of the Service has this name or number',
};

export default undefinedAnnotationPort;
