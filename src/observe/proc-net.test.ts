import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProcNet as read } from './proc-net.ts';

const readProcNet = (text: string, isWhole = true) => read(text, isWhole);

const TCP =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n';
const TCP6 =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const UDP =
  '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops             \n';
const line = (local: string, state: string, remote = '00000000:0000'): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 30451 1 0000000000000000 100 0 0 10 0                     \n`;
const NOWHERE = `${'0'.repeat(32)}:0000`;

describe('addresses as the kernel prints them', () => {
  test.each([
    [TCP, '00000000:0050', '00000000:0000', '0.0.0.0', 80],
    [TCP, '0100007F:0BBD', '00000000:0000', '127.0.0.1', 3005],
    [TCP, '0500F40A:1F90', '00000000:0000', '10.244.0.5', 8080],
    [TCP6, `${'0'.repeat(32)}:0050`, NOWHERE, '::', 80],
    [TCP6, `${'0'.repeat(24)}01000000:0050`, NOWHERE, '::1', 80],
    [TCP6, '0000000000000000FFFF00000100007F:0050', NOWHERE, '::ffff:127.0.0.1', 80],
    [TCP6, 'B80D0120000000000000000001000000:0050', NOWHERE, '2001:db8::1', 80],
    [TCP6, 'B80D01200100000000000000010002AB:0050', NOWHERE, '2001:db8:0:1::ab02:1', 80],
    // A machine that is big-endian, which loopback tells.
    [TCP, '7F000001:0BBD', '00000000:0000', '127.0.0.1', 3005],
    [TCP6, `${'0'.repeat(31)}1:0050`, NOWHERE, '::1', 80],
  ])('%#: %s %s', (titles, local, remote, address, port) => {
    expect(readProcNet(titles + line(local, '0A', remote))?.listening).toEqual([
      { address, port, protocol: 'TCP' },
    ]);
  });
});

test('of several files each is known by its titles, and what is connected is no listener', () => {
  const text =
    TCP +
    line('00000000:0050', '0A') +
    line('0500F40A:0050', '01', '0700F40A:9C40') +
    TCP6 +
    line(`${'0'.repeat(32)}:01BB`, '0A', NOWHERE) +
    UDP +
    line('00000000:0035', '07') +
    line('0500F40A:C350', '01', '0A00600A:0035');
  expect(readProcNet(text)).toEqual({
    kind: 'sockets',
    listening: [
      { address: '0.0.0.0', port: 80, protocol: 'TCP' },
      { address: '::', port: 443, protocol: 'TCP' },
      { address: '0.0.0.0', port: 53, protocol: 'UDP' },
    ],
    all: ['TCP', 'UDP'],
  });
});

test('one socket for each worker is one', () => {
  expect(readProcNet(TCP + line('00000000:0050', '0A').repeat(4))?.listening).toHaveLength(1);
});

test('a list that was cut proves no absence, and what it holds is there', () => {
  const text = TCP + line('00000000:0050', '0A') + UDP + line('00000000:0035', '07').slice(0, 20);
  expect(readProcNet(text, false)).toMatchObject({ listening: [{ port: 80 }], all: ['TCP'] });
});

test.each(['', "cat: can't open '/proc/net/tcp'\n", 'OCI runtime exec failed\n'])('%j is no list', (text) => {
  expect(readProcNet(text)).toBeUndefined();
});

test('what a Pod makes up is data: any bytes are read, and fast', () => {
  const seed = Math.floor(Math.random() * 0x7fffffff);
  console.info(`proc-net: seed ${seed}`);
  const piece = fc.oneof(
    fc.constantFrom(TCP, TCP6, UDP, '\n', '\x1b[2J', line('00000000:0050', '0A')),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.nat(65_535), fc.constantFrom('0A', '07', '01'))
      .map(([address, port, state]) =>
        line(
          `${address.toString(16).toUpperCase().padStart(8, '0')}:${port.toString(16).toUpperCase().padStart(4, '0')}`,
          state,
        ),
      ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const found = readProcNet(pieces.join(''));
      for (const { address, port } of found?.listening ?? []) {
        expect(address).toMatch(/^[0-9a-f:.]+$/);
        expect(port).toBeLessThan(65_536);
      }
    }),
    { numRuns: 2_000, seed },
  );
});

test('an address that is written as the kernel does reads as it was', () => {
  const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      // Words that look as those of a big-endian machine do are told apart above.
      fc.pre(groups.slice(0, 7).some((one) => one !== 0) && !(groups[5] === 0xffff));
      const hex = groups.map((one) => one.toString(16).padStart(4, '0')).join('');
      const raw = hex
        .match(/.{8}/g)!
        .map((word) => word.match(/../g)!.toReversed().join(''))
        .join('')
        .toUpperCase();
      const [socket] = readProcNet(TCP6 + line(`${raw}:0050`, '0A', NOWHERE))!.listening;
      const canonical = new URL(`http://[${groups.map((one) => one.toString(16)).join(':')}]/`).hostname;
      expect(`[${socket!.address}]`).toBe(canonical);
    }),
  );
});
