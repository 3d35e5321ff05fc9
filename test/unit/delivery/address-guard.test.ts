import { describe, expect, test } from 'vitest';
import {
  chosenAddress,
  forbiddenAddress,
  listedAddress,
  literalAddress,
  publicAddress,
} from '../../../src/delivery/address-guard.js';

function addressOf(host: string): string {
  return literalAddress(new URL(`http://${host}/`)) ?? '';
}

const loopback = [
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '127.0.0.1.',
  '0.0.0.0',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
];

const privateNetworks = ['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '[fc00::1]'];

const forbidden = [
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '169.254.170.2',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::a9fe:a9fe]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '[fd20:ce::254]',
  '100.100.100.200',
  '168.63.129.16',
];

const special = [
  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  '198.18.0.1',
  '[ff02::1]',
  '[2001:db8::1]',
];

const open = ['1.1.1.1', '8.8.8.8', '[2606:4700::1111]', '[::ffff:1.1.1.1]', '[64:ff9b::101:101]'];

describe('an address that somebody else named', () => {
  test.each([...loopback, ...privateNetworks, ...forbidden, ...special])(
    '%s is refused',
    (host) => {
      expect(publicAddress(addressOf(host))).toBe(false);
    },
  );

  test.each(open)('%s is allowed', (host) => {
    expect(publicAddress(addressOf(host))).toBe(true);
  });

  test('a local-use translation prefix says nothing of where it leads', () => {
    expect(publicAddress('64:ff9b:1:7f00:0:100:101:101')).toBe(false);
    expect(publicAddress('64:ff9b:1:fffe::10.0.0.1')).toBe(false);
    expect(forbiddenAddress('64:ff9b:1::169.254.169.254')).toBe(true);
    expect(forbiddenAddress('64:ff9b:1:a9fe:a9:fe00::')).toBe(true);
    expect(forbiddenAddress('64:ff9b:1:6464:64:c800:101:101')).toBe(true);
    expect(chosenAddress('64:ff9b:1::10.0.0.1')).toBe(true);
    expect(listedAddress(['10.0.0.0/8'])('64:ff9b:1:a00:0:100::')).toBe(true);
  });

  test('what it leads to counts, when every length of it does so', () => {
    expect(publicAddress('64:ff9b:1::8.8.8.8')).toBe(true);
    expect(publicAddress('64:ff9b:1:808:8:800::')).toBe(true);
  });
});

describe('an address that the operator chose', () => {
  test.each([...loopback, ...privateNetworks, ...open])('%s is allowed', (host) => {
    expect(chosenAddress(addressOf(host))).toBe(true);
  });

  test.each(forbidden)('%s is refused', (host) => {
    expect(chosenAddress(addressOf(host))).toBe(false);
  });
});

test.each([
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8'], false],
  ['10.0.0.5', ['10.0.0.5'], true],
  ['10.0.0.6', ['10.0.0.5'], false],
  ['fc00::5', ['fc00::/7'], true],
  ['fc00::5', ['10.0.0.0/8', 'files.internal'], false],
  ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
  ['10.1.2.3', [], false],
])('%s is listed in %o: %s', (address, list, listed) => {
  expect(listedAddress(list)(address)).toBe(listed);
});

test.each([chosenAddress, publicAddress, listedAddress(['0.0.0.0/0'])])(
  'what is no address is refused',
  (rule) => {
    expect(rule('localhost')).toBe(false);
  },
);

test('a name is no literal address', () => {
  expect(literalAddress(new URL('http://localhost/'))).toBeUndefined();
});
