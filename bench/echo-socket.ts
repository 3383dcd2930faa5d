/** The floor of a socket: echoes every length-prefixed frame. Usage: node bench/echo-socket.ts <path> */

import { createServer } from 'node:net';
import { FRAME_HEADER_BYTES, FrameSplitter } from '../src/protocol/frame-splitter.ts';

const [path = ''] = process.argv.slice(2);

createServer((socket) => {
  const splitter = new FrameSplitter(1 << 20);
  socket.on('data', (bytes) => {
    for (const content of splitter.push(bytes)) {
      const frame = Buffer.alloc(FRAME_HEADER_BYTES + content.length);
      frame.writeUInt32BE(content.length);
      frame.set(content, FRAME_HEADER_BYTES);
      socket.write(frame);
    }
  });
  socket.on('error', () => {});
}).listen(path, () => process.stdout.write('listening\n'));
