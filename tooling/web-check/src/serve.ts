import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Headers that make a page cross-origin isolated, and so give it shared memory and threads. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** A folder served on this machine. */
export interface Served {
  /** Address of its index.html. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves a folder on a free port of this machine.
 * @param headers of every answer.
 */
export async function serve(folder: string, headers: Readonly<Record<string, string>>): Promise<Served> {
  const server = createServer(async ({ url }, response) => {
    const path = normalize(new URL(url ?? '/', 'http://page').pathname);
    // Browsers ask for it where a page names no icon; a missing one is no fault of the page.
    if (path === '/favicon.ico') return void response.writeHead(204, headers).end();
    const file = join(folder, path === '/' ? 'index.html' : path);
    try {
      const content = await readFile(file);
      response.writeHead(200, { ...headers, 'Content-Type': types[extname(file)] ?? 'text/plain' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
