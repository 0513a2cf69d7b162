import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { pageHeaders } from '../.config/headers.ts';

const dist = join(import.meta.dirname, '../dist');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
};

/** Answers for one path in place of a file. */
export type Special = (path: string) => { readonly type: string; readonly body: string } | undefined;

/** A small web server of its own port, as somebody rents it. */
export interface StaticHost {
  /** Of the page, with the host's name and the sub-path, ending in `/`. */
  readonly address: string;
  readonly port: number;
  /** Paths below the address that were asked for, in order. */
  readonly asked: string[];
  /** The headers that come with every file; may be changed while it runs. */
  headers: Readonly<Record<string, string>>;
  /** Files that differ from those of the built page; may be changed while it runs. */
  special: Special;
  close(): Promise<void>;
}

/** Serves the built page below a path, with the headers of `_headers` or with those that are given. */
export async function serve(
  folder: string,
  headers: Readonly<Record<string, string>> = pageHeaders,
): Promise<StaticHost> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith(folder)) return void response.writeHead(404).end();
    const path = pathname.slice(folder.length);
    host.asked.push(path);
    const special = host.special(path);
    if (special !== undefined) {
      response.writeHead(200, { 'Content-Type': special.type, ...host.headers }).end(special.body);
      return;
    }
    try {
      const file = normalize(path === '' ? 'index.html' : path);
      const body = await readFile(join(dist, file));
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? '', ...host.headers }).end(body);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.');
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server);
  const host: StaticHost = {
    address: `http://localhost:${port}${folder}`,
    port,
    asked: [],
    headers,
    special: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return host;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address.port);
    });
  });
}
