/**
 * All of standard input. As a stream and not by `readFileSync(0)`: after that one looked at a pipe, Node's module
 * loader no longer follows symbolic links, and packages are not found.
 */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
