import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BLOCK = /^```(html|js)\n(?:\/\/ (\S+\.js)\n)?(.*?)^```$/gms;

/**
 * Writes the page that a README shows under "In a web page": its `html` block is index.html, a `js` block is the file
 * that its first line names. Where there is no `html`, it is a `pre` and the script page.js.
 * @param folder where the packages are installed.
 * @param name of the package, as a folder of packages/.
 * @returns the page's folder.
 */
export async function readmePage(folder: string, name: string): Promise<string> {
  const readme = fileURLToPath(new URL(`../../../packages/${name}/README.md`, import.meta.url));
  const [, section] = (await readFile(readme, 'utf8')).split(/^## In a web page$/m);
  const files = new Map([['index.html', '<pre></pre><script type="module" src="./page.js"></script>']]);
  for (const [, language, file, text] of section.split(/^## /m)[0].matchAll(BLOCK))
    files.set(language === 'html' ? 'index.html' : file, text);
  const page = join(folder, `readme-${name}`);
  await mkdir(page);
  for (const [file, text] of files) await writeFile(join(page, file), text);
  return page;
}
