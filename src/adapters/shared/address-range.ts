import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { expected } from '../../core/expectation.js';

/** An IP address, or a range of them in CIDR notation. */
export const addressRange = z
  .string()
  .refine((value) => ipaddr.isValidCIDR(value) || (ipaddr.isValid(value) && /[.:]/u.test(value)), {
    error: expected(
      'an address or a range such as 10.0.0.5 or 10.0.0.0/8',
      'IP 地址或地址段，例如 10.0.0.5 或 10.0.0.0/8',
    ),
  });
