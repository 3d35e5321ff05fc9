import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Got } from 'got';

/** Answers whether there is, or was, a connection over which the request could go. */
export function connectionOf(stream: ReturnType<Got['stream']>): () => boolean {
  const connection = { isMade: false };
  const made = () => {
    connection.isMade = true;
  };
  stream.once('request', (request: ClientRequest) => {
    request.once('socket', (socket: Socket) => {
      // One that is used again is open already.
      if (!socket.connecting && !isInHandshake(socket)) made();
      else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', made);
    });
  });
  return () => connection.isMade;
}

function isInHandshake(socket: Socket): boolean {
  return 'secureConnecting' in socket && socket.secureConnecting === true;
}
