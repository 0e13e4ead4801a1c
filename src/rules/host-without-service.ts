import { describe, qualify } from '../model/describe.ts';
import { type NamelessHost, namelessHosts } from '../questions/clients/nameless-hosts.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const hostWithoutService: Rule = defineRule({
  id: 'host-without-service',
  severity: 'warning',
  summary: 'An address dials a workload or a container by its name, which no Service has.',

  *check(graph) {
    const told = new Set<string>();
    for (const found of namelessHosts(graph)) {
      const place = `${found.at.source.path}\0${found.at.start}`;
      if (told.has(place)) continue;
      told.add(place);
      yield report(found);
    }
  },
});

function report({ from, at, host, number, meant }: NamelessHost): Report {
  const { client, container, field } = from;
  const holder = container ? `container \`${container.name}\` of ${describe(client)}` : describe(client);
  const common = { field, resources: [client, ...(meant.kind === 'workload' ? [meant.service] : [])] };
  if (meant.kind === 'container') {
    return {
      ...common,
      message: `${holder} dials \`${host}:${number}\`, and \`${host}\` is a container of the same Pod, not a Service`,
      labels: [
        { at, message: 'no host has this name' },
        { at: meant.container.nameAt, message: 'the container that has it' },
      ],
      notes: ['containers have no names in DNS; those of one Pod share localhost'],
      help: [`dial \`localhost:${number}\`, or put a Service \`${host}\` before it`],
    };
  }
  const { workload, service, servicePort } = meant;
  const name = service.namespace === client.namespace ? service.name : `${service.name}.${service.namespace}`;
  return {
    ...common,
    message: `${holder} dials \`${host}:${number}\`, and ${describe(workload)} has this name but no Service; ${describe(service)} is before it`,
    labels: [
      { at, message: 'no Service has this name' },
      {
        at: (servicePort.port ?? servicePort).at,
        message: `this port of Service ${qualify(service.namespace, service.name)}`,
      },
    ],
    notes: ['cluster DNS knows Services, not the workloads behind them'],
    help: [`dial \`${name}:${number}\`, unless a Service \`${workload.name}\` stands outside the input`],
  };
}

export default hostWithoutService;
