import type { Figure } from '@spinformer/experiments';
import { type DrawingDocument, type LogoBox, type LogoColumn, logoRow } from './sequence-logo.ts';

const PER_ROW = 50;
const COLUMN_WIDTH = 18;
const ROW_HEIGHT = 120;
const ROW_STEP = 160;
const MARGIN = { left: 56, top: 24, right: 20, bottom: 16 } as const;

/** Letters of a family site by site, fifty sites a row. */
export function logoFigure(columns: readonly LogoColumn[], source: string): Figure {
  const rows = Math.ceil(columns.length / PER_ROW);
  const most = Math.max(1, ...columns.map(({ bits }) => Math.ceil(bits)));
  const width = MARGIN.left + MARGIN.right + Math.min(columns.length, PER_ROW) * COLUMN_WIDTH;
  return {
    id: 'logo',
    title: 'Letters of the family',
    caption: `Height is information in bits (at most ${most}), letters share it by their frequency; ${source}.`,
    table: columns.flatMap(({ label, letters, bits }) =>
      letters.map(({ letter, share }) => ({ site: label, letter, share, bits })),
    ),
    options: () => ({
      width,
      height: MARGIN.top + rows * ROW_STEP + MARGIN.bottom,
      style: { fontSize: '12px', background: 'white' },
      axis: null,
      marks: Array.from({ length: rows }, (_, row) =>
        logoMark(sparseLabels(columns.slice(row * PER_ROW, (row + 1) * PER_ROW)), {
          left: MARGIN.left,
          top: MARGIN.top + row * ROW_STEP,
          columnWidth: COLUMN_WIDTH,
          height: ROW_HEIGHT,
          most,
        }),
      ),
    }),
  };
}

/** A row of a logo as a mark of Observable Plot. */
export function logoMark(columns: readonly LogoColumn[], box: LogoBox) {
  return (_index: unknown, _scales: unknown, _values: unknown, _size: unknown, context: MarkContext) =>
    logoRow(context.document, columns, box);
}

/** The first site and every tenth keep their numbers. */
function sparseLabels(columns: readonly LogoColumn[]): LogoColumn[] {
  return columns.map((column, k) =>
    k === 0 || Number(column.label) % 10 === 0 ? column : { ...column, label: '' },
  );
}

interface MarkContext {
  readonly document: DrawingDocument;
}
