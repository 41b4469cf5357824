import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calls } from './workloads.ts';

// All services at once, which know a few calls by heart. They believe everybody: what it costs a service to verify
// who asks is not the gateway's.

const answers = calls.map(({ has, data }) => ({ has, body: Buffer.from(JSON.stringify({ data })) }));

const server = createServer((request, response) => {
  let call = '';
  request.setEncoding('utf8');
  request.on('data', (text) => {
    call += text;
  });
  request.on('end', () => {
    const body = answers.find(({ has }) => call.includes(has))?.body;
    if (!body) {
      response.writeHead(500).end(`Nobody said what to answer to ${call}`);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
});
// Longer than any pause between two turns, or the gateway would pay for new connections.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('disconnect', () => process.exit());
