/** What a screen reader calls a wide table that can be scrolled sideways. */
export const TABLE_LABEL = '表格';
