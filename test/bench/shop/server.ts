import { type AddressInfo, createServer, type Socket } from 'node:net';
import { firstMessage } from '../http-message.ts';
import type { ServiceName } from './schemas.ts';
import { shopServices } from './service.ts';

// The four services of the shop in one process, each at an address of its own. It reads and writes sockets itself:
// with an HTTP server of the usual kind the services would be the narrow place of the measurement, not the gateway.

const answerTo = shopServices();

const server = createServer({ noDelay: true }, (socket) => {
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
    try {
      for (let call = firstMessage(received); call; call = firstMessage(received)) {
        received = received.subarray(call.length);
        answer(socket, call.head, call.body);
      }
    } catch (error) {
      process.stderr.write(`The shop: ${error}\n`);
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    }
  });
  // A gateway that is stopped hangs up in the middle of things.
  socket.on('error', () => socket.destroy());
});

function answer(socket: Socket, head: string, body: Buffer): void {
  const service = head.slice(head.indexOf('/') + 1, head.indexOf(' HTTP/')) as ServiceName;
  const text = answerTo(service, body.toString());
  const closing = /\r\nconnection: *close/i.test(head);
  const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
  socket.write(`HTTP/1.1 200 OK\r\n${headers}${closing ? 'connection: close\r\n' : ''}\r\n${text}`);
  if (closing) socket.end();
}

server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('disconnect', () => process.exit());
