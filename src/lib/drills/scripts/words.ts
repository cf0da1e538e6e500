/** Stands before every message, document, export and printed page of a drill. */
export const DRILL_MARK = '【演练】';
