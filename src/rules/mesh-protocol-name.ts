import { keyOf } from '../graph/links/end.ts';
import { meshedServices } from '../graph/mesh/mesh.ts';
import { describe } from '../model/describe.ts';
import { isServicePortName } from '../model/ports.ts';
import { contradictions, type MisreadPort, misreadPorts } from '../questions/mesh/misread-ports.ts';
import { defineRule, type Fix, type Report, type Rule } from './rule.ts';

const meshProtocolName: Rule = defineRule({
  id: 'mesh-protocol-name',
  severity: 'info',
  summary: 'The name of a Service port tells Istio no protocol, or another than the one that is spoken.',

  *check(graph) {
    const meshed = meshedServices(graph);
    if (meshed.size === 0) return;
    for (const port of misreadPorts(graph, meshed)) yield reportOf(port);
    for (const { first, second, workload, number } of contradictions(graph, meshed)) {
      const [one, other] = [first.service, second.service];
      yield {
        severity: 'warning',
        message: `${describe(other)} makes Istio take port ${number} of ${describe(workload)} for ${second.protocol}, and ${one === other ? 'another port of it' : describe(one)} for ${first.protocol}`,
        resources: one === other ? [other, workload] : [other, one, workload],
        field: `spec.ports[${keyOf(second.servicePort)}].name`,
        labels: [
          { at: second.at, message: `makes it ${second.protocol}` },
          { at: first.at, message: `makes it ${first.protocol}` },
        ],
        notes: [
          'the proxy of a Pod has one protocol for each of its ports, so one of the two names has no effect (IST0116)',
        ],
        help: ['give both ports the same protocol, or let the process listen on two'],
      };
    }
  },
});

function reportOf(misread: MisreadPort): Report {
  const { service, servicePort, at, meshed } = misread;
  const port = `port ${servicePort.port?.value ?? '?'}`;
  const shared = {
    resources: [service],
    field: `spec.ports[${keyOf(servicePort)}].${misread.kind === 'app-protocol' ? 'appProtocol' : 'name'}`,
  };
  const inMesh = { at: meshed, message: 'brings the Service into the mesh' };
  switch (misread.kind) {
    case 'misplaced': {
      const { word, meant } = misread;
      return {
        ...shared,
        message: `${describe(service)} calls ${port} \`${at.value}\`, in which Istio finds no protocol`,
        labels: [{ at, message: `\`${word}\` must come first, with a hyphen after it` }, inMesh],
        notes: [LOOKS_AT_TRAFFIC],
        help: [`\`appProtocol: ${word}\` at the port says the same whatever its name is`],
        fixes: renamed(misread, meant),
      };
    }
    case 'app-protocol':
      return {
        ...shared,
        message: `${describe(service)} says appProtocol \`${at.value}\` for ${port}, which Istio does not know and takes in place of the name`,
        labels: [
          { at, message: 'no protocol to Istio' },
          { at: misread.name, message: `would be ${misread.named}` },
          inMesh,
        ],
        notes: [LOOKS_AT_TRAFFIC],
      };
    case 'spoken': {
      const { said, spoken, image, workload } = misread;
      return {
        ...shared,
        severity: 'warning',
        resources: [service, workload],
        message: `${describe(service)} makes Istio take ${port} for ${said}, and ${describe(workload)} speaks ${spoken} there`,
        labels: [{ at, message: `makes it ${said}` }, { at: image, message: `speaks ${spoken}` }, inMesh],
        notes: [
          'the proxies of the mesh read the traffic as the protocol that the port tells: what is none of it is refused or passes without its routes',
        ],
        help: [`begin the name of the port with the protocol that is spoken, or with \`tcp\``],
      };
    }
  }
}

const LOOKS_AT_TRAFFIC =
  'Istio takes the part of the name before the first hyphen for the protocol; where that is none, it looks at the first bytes of each connection, and rules for HTTP hold for what it recognises alone';

const renamed = ({ at, service }: MisreadPort, name: string): Fix[] =>
  isServicePortName(name) && !service.ports.some((one) => one.name?.value === name)
    ? [{ title: `call it \`${name}\``, applicability: 'unsafe', edits: [{ at, text: name }] }]
    : [];

export default meshProtocolName;
