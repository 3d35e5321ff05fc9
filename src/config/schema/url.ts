import { isIP } from 'node:net';
import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { trimEndOf } from '../../core/text/trim-end.js';

const form = expected(
  'an http:// or https:// URL such as http://127.0.0.1:4000/callback',
  'http:// 或 https:// 开头的地址，例如 http://127.0.0.1:4000/callback',
);
const place = expected(
  'a URL with {{variables}} only in its path and query, each closed by }}',
  '仅在路径和查询部分含有 {{变量}} 且以 }} 结尾的地址',
);

/** The URL of a receiver. `{{variable}}` may stand in path and query, nowhere else. */
export const callbackUrl = z.string().transform((value, context) => {
  const message = faultOf(value);
  if (message) context.addIssue({ code: 'custom', message });
  return value;
});

function faultOf(value: string): string | undefined {
  const [scheme] = /^https?:\/\//iu.exec(value) ?? [];
  if (scheme === undefined) return value.startsWith('{{') ? place : form;
  const rest = value.slice(scheme.length);
  const pathStart = rest.search(/[/?#\\]|$/u);
  const host = rest.slice(0, pathStart);
  const [path = '', ...hash] = rest.slice(pathStart).split('#');
  const filled = path.replaceAll(/\{\{([^{}]*)\}\}/gu, (whole, name: string) =>
    name.trim() === '' ? whole : 'x',
  );
  if (/[{}]/u.test(host + hash.join('')) || /\{\{|\}\}/u.test(filled)) return place;
  return isAddress(scheme + host + filled) ? undefined : form;
}

function isAddress(url: string): boolean {
  // The URL parser drops line breaks and tabs silently, and takes \ for /: refused here.
  return !/[\s\p{Cc}\\]/u.test(url) && /^\w+:\/\/[^/?]/u.test(url) && URL.canParse(url);
}

/** The address at which the outside reaches the server; no slash at its end afterwards. */
export const publicUrl = z.string().transform((value, context) => {
  if (faultOf(value) === undefined && !/[{}?#]/u.test(value)) return trimEndOf(value, '/');
  context.addIssue({
    code: 'custom',
    message: expected(
      'the public http:// or https:// address, without a query',
      '对外的 http:// 或 https:// 地址，不带查询部分',
    ),
  });
  return z.NEVER;
});

/** An address without variables. */
export const plainUrl = z
  .string()
  .refine((value) => faultOf(value) === undefined && !/[{}]/u.test(value), {
    error: expected(
      'an http:// or https:// URL without variables',
      '不含变量的 http:// 或 https:// 地址',
    ),
  });

/** The origin of a receiver: scheme, host and port, as `URL.origin` spells them. */
export const origin = z.string().transform((value, context) => {
  const url = faultOf(value) === undefined && URL.canParse(value) ? new URL(value) : undefined;
  if (url && url.pathname === '/' && !/[?#@]/u.test(value)) return url.origin;
  context.addIssue({
    code: 'custom',
    message: expected(
      'an origin such as http://127.0.0.1:4000 (no path)',
      '来源，例如 http://127.0.0.1:4000（不带路径）',
    ),
  });
  return z.NEVER;
});

/** A host, an address, or a range of addresses in CIDR notation; hosts in ASCII afterwards. */
export const hostOrRange = z.string().transform((value, context) => {
  const host = isRange(value) || isIP(value) !== 0 ? value : hostOf(value);
  if (host !== undefined) return host;
  context.addIssue({
    code: 'custom',
    message: expected(
      'a host or a range such as files.example.com or 10.0.0.0/8',
      '主机或地址段，例如 files.example.com 或 10.0.0.0/8',
    ),
  });
  return z.NEVER;
});

function isRange(value: string): boolean {
  const [address = '', bits = '', ...rest] = value.split('/');
  const family = isIP(address);
  return (
    rest.length === 0 &&
    family !== 0 &&
    /^\d{1,3}$/u.test(bits) &&
    Number(bits) <= (family === 4 ? 32 : 128)
  );
}

function hostOf(value: string): string | undefined {
  if (!/^[\p{L}\p{N}\p{M}._-]+$/u.test(value)) return undefined;
  const url = `http://${value}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
