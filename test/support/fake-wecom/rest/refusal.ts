import { randomInt } from 'node:crypto';

/** An answer other than `errcode: 0`. */
export class Refusal extends Error {
  readonly errcode: number;

  constructor(errcode: number, what = 'refused') {
    super(what);
    this.errcode = errcode;
  }
}

export function refuse(errcode: number, what?: string): never {
  throw new Refusal(errcode, what);
}

/** The `errmsg` that the platform adds its hint and the caller's address to. */
export function errmsg(errcode: number, what: string, ip: string): string {
  const hint = `${Date.now()}${randomInt(1e9)}`;
  return `${what}, hint: [${hint}], from ip: ${ip}, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
}
