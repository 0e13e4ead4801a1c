import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import type { Service } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { reasonAt } from '../model/refusal.ts';
import type { Located } from '../text/source.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const externalNamePort: Rule = defineRule({
  id: 'external-name-port',
  severity: 'warning',
  summary: 'An ExternalName Service is written as if it translated ports.',
  ofAdmission: true,

  *check(graph) {
    for (const service of graph.model.services) {
      if (service.type?.value !== 'ExternalName') continue;
      const { externalName } = service;
      if (externalName && IPV6.test(externalName.value)) yield anAddress(service, externalName);
      else if (externalName && /:\d+$/.test(externalName.value)) {
        yield {
          severity: 'error',
          message: `the externalName of ${describe(service)} holds a port, and a DNS name cannot`,
          resources: [service],
          field: 'spec.externalName',
          labels: [{ at: externalName.at, message: 'a host name alone belongs here' }],
          notes: [
            `the API server refuses it: ${reasonAt(service, externalName.at) ?? 'a lowercase RFC 1123 subdomain must consist of letters, digits, "-" and "."'}`,
          ],
          fixes: [
            {
              title: 'leave out the port',
              applicability: 'safe',
              edits: [{ at: externalName.at, text: externalName.value.replace(/:\d+$/, '') }],
            },
          ],
        };
      }
      for (const servicePort of service.ports) {
        const { port, targetPort } = servicePort;
        // ingress-nginx is the one that dials an external name at the targetPort (S-130).
        const isTranslated = graph.backends.some(
          (link) =>
            link.service === service &&
            link.servicePort === servicePort &&
            link.controller.name === 'ingress-nginx' &&
            typeof targetPort?.value === 'number',
        );
        if (
          isTranslated ||
          !port ||
          !targetPort ||
          targetPort.value === 0 ||
          targetPort.value === '' ||
          targetPort.value === port.value
        )
          continue;
        yield {
          message: `${describe(service)} is an ExternalName, so port ${port.value} is never turned into ${targetPort.value}`,
          resources: [service],
          field: `spec.ports[${keyOf(servicePort)}].targetPort`,
          labels: [
            { at: targetPort.at, message: 'has no effect' },
            { at: service.type.at, message: 'a DNS alias, nothing more' },
          ],
          notes: [
            'an ExternalName is a CNAME record: clients dial the port they were told at the external host; only some ingress controllers look at its ports',
          ],
          help:
            portNumber(targetPort) === undefined
              ? []
              : [`have clients dial ${externalName?.value ?? 'the host'} on ${targetPort.value}`],
        };
      }
    }
  },
});

/** Two colons are more than a port needs. */
const IPV6 = /^\[?[\da-f.]*:[\da-f.]*:[\da-f:.]*\]?(?::\d+)?$/i;

const anAddress = (service: Service, { value, at }: Located<string>): Report => ({
  severity: 'error',
  message: `the externalName of ${describe(service)} is the IPv6 address \`${value}\`, and only a DNS name is taken`,
  resources: [service],
  field: 'spec.externalName',
  labels: [{ at, message: 'an address, and no name' }],
  notes: [
    `the API server refuses it: ${reasonAt(service, at) ?? 'a lowercase RFC 1123 subdomain must consist of letters, digits, "-" and "."'}`,
  ],
  help: ['leave the selector out, and give the address in an EndpointSlice with `addressType: IPv6`'],
});

export default externalNamePort;
