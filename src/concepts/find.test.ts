import { expect, test } from 'vitest';
import { concepts } from './concepts.ts';
import { calledConcept, namesOf, plainName, spelledConcept, withConcepts } from './find.ts';

test.each([
  ['containerport', 'containerPort'],
  ['container-port', 'containerPort'],
  ['TARGETPORT', 'targetPort'],
  ['named port', 'named ports'],
  ['Named-Ports', 'named ports'],
  ['127.0.0.1', 'loopback'],
  ['probe', 'probes'],
  ['ports', 'port'],
  ['Service', 'port'],
  ['13378:80', 'compose'],
  ['hostport', 'hostPort'],
])('%s is %s', (asked, name) => {
  expect(calledConcept(asked)?.name).toBe(name);
});

test('port is of the Service, PORT a variable', () => {
  expect(spelledConcept('port')?.id).toBe('service-port');
  expect(spelledConcept('PORT')?.id).toBe('port-variable');
});

test('no two concepts are called the same, but for port and PORT', () => {
  const names = concepts.flatMap((concept) => [...new Set(namesOf(concept).map(plainName))]);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual(['port']);
  expect(names).not.toContain('');
});

test('a page of a rule names what is behind it, once there is something', () => {
  expect(withConcepts('# x\n', 'host-network-mismatch')).toBe(
    '# x\n\nThe idea behind it: `portolan explain hostNetwork`.\n',
  );
  expect(withConcepts('# x\n', 'unknown-kind')).toBe('# x\n');
});
