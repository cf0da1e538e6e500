/** What stands before the number of an inject that the director wrote during the run: 临-01. */
export const EXTRA_CODE = '临';
export const EVERYBODY = '全体参演';
export const ALL_OF = (org: string): string => `${org}全体`;
