import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FakeCall, Fault, World } from '../world.js';
import { errmsg } from './refusal.js';

/** The address that the platform sees. */
export const callerIp = '127.0.0.1';

/** Status 200, whatever the errcode. */
export function json(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(value));
}

/** A fault that was ordered for this call; true when the call is over with it. */
export async function sufferFault(
  world: World,
  call: FakeCall,
  response: ServerResponse,
): Promise<boolean> {
  const fault = world.faults.get(call.api)?.shift();
  if (fault === undefined) return false;
  if (fault === 'hang') return true;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return true;
  }
  if ('delayMs' in fault) {
    await delay(fault.delayMs);
    return false;
  }
  if ('after' in fault) {
    response.writeHead = () => response;
    response.end = () => {
      if (fault.after === 'reset') response.socket?.resetAndDestroy();
      return response;
    };
    return false;
  }
  answerFault(call, response, fault);
  return true;
}

function answerFault(
  call: FakeCall,
  response: ServerResponse,
  fault: Exclude<Fault, string | { delayMs: number } | { after: string }>,
): void {
  if ('errcode' in fault) {
    const { errcode, errmsg: text = errmsg(errcode, 'fault', callerIp) } = fault;
    call.errcode = errcode;
    json(response, { errcode, errmsg: text });
  } else if ('status' in fault) {
    const isRedirect = fault.status >= 300 && fault.status < 400;
    const headers = isRedirect ? { location: '/cgi-bin/elsewhere' } : {};
    response.writeHead(fault.status, headers).end(fault.body);
  } else {
    response.writeHead(200, { 'content-type': fault.contentType ?? 'application/json' });
    response.end(fault.body);
  }
}
