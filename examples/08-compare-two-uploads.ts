// A web server that compares two uploaded images: extraction and comparison alone, no service, no reader.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createEngine, synthesizeFinger, synthesizeImpression } from 'whorl/fingerprint';
import { encodePng } from 'whorl/formats';

// Threads compute, so that one upload does not hold up the others.
await using engine = await createEngine();

const server = createServer(async (request, response) => {
  try {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(Readable.toWeb(request) as ReadableStream, { headers }).formData();
    const found = [];
    for (const name of ['probe', 'reference']) {
      const file = new Uint8Array(await new Blob([form.get(name) ?? '']).arrayBuffer());
      found.push(await engine.extract(file, { unstatedPpi: 500 }));
    }
    const [probe, reference] = found.map((print) => (print.kind === 'features' ? print.features : undefined));
    const answer =
      probe && reference ? await engine.verify(probe, reference) : { advice: found.flatMap((print) => print.guidance) };
    response.end(JSON.stringify(answer));
  } catch (fault) {
    response.writeHead(400).end(JSON.stringify({ fault: String(fault) }));
  }
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

// What a person would upload: two prints of one finger, prints of two fingers, then no print at all.
const { port } = server.address() as AddressInfo;
const print = (finger: number, seed: number) => encodePng(synthesizeImpression(synthesizeFinger(finger), { seed }));
async function compare(probe: Uint8Array<ArrayBuffer>, reference: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData();
  form.set('probe', new Blob([probe]));
  form.set('reference', new Blob([reference]));
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: form });
  return `${response.status} ${await response.text()}`;
}
const alice = Uint8Array.from(print(1, 1));
console.log((await compare(alice, Uint8Array.from(print(1, 2)))).slice(0, 18));
console.log((await compare(alice, Uint8Array.from(print(2, 1)))).slice(0, 19));
const blank = { widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels: new Uint8Array(90_000).fill(255) };
console.log(await compare(alice, Uint8Array.from(encodePng(blank))));
console.log((await compare(alice, new Uint8Array(9))).slice(0, 3));
server.close();
