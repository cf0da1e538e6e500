/** Rows in one multi-row statement: enough to pay for the statement, few enough for the parameter limit. */
const SLICE_MAX = 250;

export function* inSlices<Row>(rows: readonly Row[], size = SLICE_MAX): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
