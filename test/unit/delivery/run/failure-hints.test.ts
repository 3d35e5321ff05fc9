import { expect, test } from 'vitest';
import { failureHint } from '../../../../src/delivery/run/failure-hints.js';

test.each([
  ['connection: ECONNREFUSED', /Docker/u],
  ['connection: ENOTFOUND', /spelling/u],
  ['connection: EHOSTUNREACH', /firewall/u],
  ['connection: CERT_HAS_EXPIRED', /certificate/u],
  ['connection: DEPTH_ZERO_SELF_SIGNED_CERT', /certificate/u],
  ['connection: UNABLE_TO_VERIFY_LEAF_SIGNATURE', /certificate/u],
  ['connection: ERR_TLS_CERT_ALTNAME_INVALID', /certificate/u],
  ['connection: EPROTO', /http and https/u],
  ['connection: HPE_INVALID_CONSTANT', /http and https/u],
  ['connection: ECONNRESET', /broke/u],
  ['timeout', /callback\.timeout/u],
  ['http-301', /final address/u],
  ['http-400', /which field/u],
  ['http-401', /apiKey/u],
  ['http-403', /CSRF/u],
  ['http-404', /callback\.url/u],
  ['http-405', /callback\.url/u],
  ['http-406', /text\/event-stream/u],
  ['http-410', /reloaded/u],
  ['http-413', /limits the body/u],
  ['http-415', /application\/json/u],
  ['http-422', /which field/u],
  ['http-429', /fewer/u],
  ['http-500', /its own log/u],
  ['http-503', /its own log/u],
  ['body-invalid: content-type text/html', /HTML/u],
  ['body-invalid: response.success: expected true or false, found missing', /"success":true/u],
  ['body-unreadable: over 1048576 bytes', /1 MB/u],
  ['unsendable: address-refused', /metadata/u],
  ['unsendable: ERR_INVALID_CHAR', /callback\.headers/u],
  ['url-invalid', /callback\.url/u],
  ['url-empty: city', /callback\.variables/u],
  ['unsendable: url-empty: city', /callback\.variables/u],
  ['expired', /reply\.within/u],
  ['expired: bot-offline', /Log the account in/u],
  ['expired: not-called', /order/u],
  ['expired: receiver-down', /fallbackUrl/u],
  ['expired: rate-limit', /receivers/u],
  ['too-late', /Answer sooner/u],
  ['rule-gone', /removed/u],
  ['say-failed: say-timeout', /platform/u],
  ['prepare-failed', /platform/u],
  ['file-url-invalid', /http or https/u],
  ['file-address-refused', /reply\.fetch\.allow/u],
  ['file-address-forbidden', /metadata/u],
  ['file-redirects', /final one/u],
  ['file-too-large', /25 MB/u],
  ['file-timeout', /in time/u],
  ['file-unavailable', /without a login/u],
  ['say-failed: file-unavailable', /without a login/u],
])('%s has a hint in both languages', (reason, pattern) => {
  const hint = failureHint(reason);
  expect(hint?.en).toMatch(pattern);
  expect(hint?.zh).toMatch(/\p{Script=Han}/u);
});

test.each(['http-418', 'internal', ''])('%j speaks for itself', (reason) => {
  expect(failureHint(reason)).toBeUndefined();
});
