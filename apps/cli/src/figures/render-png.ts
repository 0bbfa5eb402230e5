import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const weights = [
  '400Regular/SourceSans3_400Regular',
  '600SemiBold/SourceSans3_600SemiBold',
  '400Regular_Italic/SourceSans3_400Regular_Italic',
];
const FAMILY = 'Source Sans 3';

/**
 * An SVG picture as PNG on white, at twice its size. Brings its own font, because a bare machine has none and text
 * would be missing without a word.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const picture = new Resvg(svg, {
    background: 'white',
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      fontFiles: weights.map((name) => require.resolve(`@expo-google-fonts/source-sans-3/${name}.ttf`)),
      loadSystemFonts: false,
      defaultFontFamily: FAMILY,
      sansSerifFamily: FAMILY,
      serifFamily: FAMILY,
      monospaceFamily: FAMILY,
    },
  });
  return picture.render().asPng();
}
