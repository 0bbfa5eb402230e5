/** One row of a figure's data, for CSV and JSON. */
export type Row = Readonly<Record<string, number | string>>;
