import { expect, test } from 'vitest';
import { readCorefiles } from './corefile.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const corefile = (text: string, variables: Record<string, string> = {}): ReadingInShort =>
  readFiles(
    readCorefiles,
    { Corefile: text, 'more.server': 'lab.example:5300 {\n  whoami\n}' },
    { directory: '/etc/coredns', around: surroundings({ covered: ['/etc/coredns'], variables }) },
  );

const DNS = ['53/TCP: .:53', '53/UDP: .:53'];

test.each<[string, string[]]>([
  ['.:53 {\n  forward . /etc/resolv.conf\n}', DNS],
  ['. {\n  errors\n}', ['53/TCP: .', '53/UDP: .']],
  ['example.org {\n  errors\n}', ['53/TCP: example.org', '53/UDP: example.org']],
  ['10.0.0.0/24 {\n  errors\n}', ['53/TCP: 10.0.0.0/24', '53/UDP: 10.0.0.0/24']],
  ['dns://.:1053 {\n  errors\n}', ['1053/TCP: dns://.:1053', '1053/UDP: dns://.:1053']],
  ['tls://. {\n  errors\n}', ['853/TCP: tls://.']],
  ['https://. {\n  errors\n}', ['443/TCP: https://.']],
  ['grpc://.:5443 {\n  errors\n}', ['5443/TCP: grpc://.:5443']],
  ['.:53 {\n  health\n  ready\n}', [...DNS, '8080/TCP: health', '8181/TCP: ready']],
  ['.:53 {\n  health :8081 {\n    lameduck 5s\n  }\n}', [...DNS, '8081/TCP: health :8081']],
  ['.:53 {\n  prometheus :9153\n}', [...DNS, '9153/TCP: prometheus :9153']],
  ['.:53 {\n  prometheus\n}', [...DNS, '9153/TCP loopback: prometheus']],
  ['.:53 {\n  bind 127.0.0.1\n}', ['53/TCP loopback: .:53', '53/UDP loopback: .:53']],
  ['.:{$P} {\n  errors\n}', ['5353/TCP: .:{$P}', '5353/UDP: .:{$P}']],
  [
    '(log) {\n  ready :8182\n}\n.:53 {\n  import log\n}',
    ['8182/TCP: ready :8182', ...DNS].toReversed().toReversed(),
  ],
  ['import /etc/coredns/*.server', ['5300/TCP: lab.example:5300', '5300/UDP: lab.example:5300']],
])('%s', (text, open) => {
  const reading = corefile(text, { P: '5353' });
  expect(reading.open.toSorted()).toEqual(open.toSorted());
  expect(reading.doubts).toEqual([]);
});

test('what is imported from elsewhere, a name of an interface and a transport of tomorrow are doubts', () => {
  expect(corefile('.:53 {\n  import /srv/*.override\n}').doubts).toEqual([
    '`/srv/*.override` in Corefile of ConfigMap shop/web can name files that the input does not hold',
  ]);
  expect(corefile('.:53 {\n  bind eth0\n}').doubts).toHaveLength(1);
  expect(corefile('odoh://. {\n}').doubts).toHaveLength(1);
});
