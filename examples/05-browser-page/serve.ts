// Serves the page and the client at one origin. Then, once: whorl pair http://127.0.0.1:8080, list that origin in http.origins of
// the configuration, and open http://127.0.0.1:8080/#<token>.
import { fileURLToPath } from 'node:url';
import express from 'express';

const page = fileURLToPath(new URL('.', import.meta.url));
// The client is two packages; the import map of index.html says where their files are.
const whorl = fileURLToPath(new URL('./dist/', import.meta.resolve('whorl/package.json')));
const fingerprint = fileURLToPath(new URL('./dist/', import.meta.resolve('@whorl/fingerprint/package.json')));
const app = express()
  .use(express.static(page))
  .use('/whorl', express.static(whorl))
  .use('/fingerprint', express.static(fingerprint));

const server = app.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
});
