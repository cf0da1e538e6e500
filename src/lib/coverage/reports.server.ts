import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { letterDocument } from '#lib/server/documents/letter.ts';
import { tablesWorkbook } from '#lib/server/sheets/write-table.ts';
import {
  coverageLetter,
  coverageTables,
  FILE_WORDS,
  fileName,
  namesTable,
  signerOf,
  type Reported,
} from './export-copy.ts';
import { readCoverage, readOrganizationCoverage, type Coverage, type Grouping } from './figures.server.ts';
import { missingOf, uncoveredOf } from './figure.ts';
import { listAllNames, type NameFilters } from './names.server.ts';
import { missingAsText, phoneSentences, SPOKEN_NAMES_MAX } from './sentence-copy.ts';

export type Asked = { divisionId: string | null; year: number; grouping: Grouping };
export type Download = { name: string; type: string; bytes: Uint8Array };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Names in one sheet; more are asked for place by place. */
const SHEET_NAMES_MAX = 20_000;
/** Names in one set of messages; a county with more of them pastes township by township. */
export const PASTE_NAMES_MAX = 1_000;

/** A coverage page with the two sentences of it. Refused: not_found, forbidden. */
export async function readReport(
  actor: Actor,
  asked: Asked,
  now: Date,
): Promise<{ coverage: Coverage; sentences: [string, string]; reported: Reported }> {
  const coverage = await readCoverage(actor, asked, now);
  const { place, figures, children } = coverage;
  const kind = figures.ruled > 0 ? 'missing' : 'uncovered';
  const count = kind === 'missing' ? missingOf(figures) : uncoveredOf(figures);
  const few =
    count > 0 && count <= SPOKEN_NAMES_MAX
      ? await listAllNames(actor, { ...wholePlace(place.id, asked), kind }, SPOKEN_NAMES_MAX)
      : [];
  const reported = {
    ...coverage,
    place: place.name,
    children: children.map((one) => ({ name: one.place.name, figures: one.figures })),
    names: few.map((row) => ({ place: row.village || row.township || row.unit, name: row.name })),
  };
  return { coverage, sentences: phoneSentences(reported), reported };
}

function wholePlace(divisionId: string, asked: Asked): Omit<NameFilters, 'kind'> {
  const { year, grouping } = asked;
  return { divisionId, organizationId: null, own: false, year, grouping, category: null, q: '' };
}

/** The figures as a workbook. Refused: not_found, forbidden. */
export async function exportCoverage(actor: Actor, asked: Asked, now: Date): Promise<Download> {
  const { reported } = await readReport(actor, asked, now);
  const bytes = await tablesWorkbook(coverageTables(reported));
  return { name: fileName([reported.place, FILE_WORDS.coverage, dayOf(now)], 'xlsx'), type: XLSX, bytes };
}

/** The figures as a 通报, blank for the seal. Refused: not_found, forbidden. */
export async function exportLetter(actor: Actor, asked: Asked, now: Date): Promise<Download> {
  const { reported } = await readReport(actor, asked, now);
  const bytes = await letterDocument(coverageLetter(reported, signerOf(actor.name, reported.place)));
  return { name: fileName([reported.place, FILE_WORDS.letter, dayOf(now)], 'docx'), type: DOCX, bytes };
}

async function placeName(actor: Actor, filters: NameFilters, now: Date): Promise<string> {
  if (filters.organizationId !== null)
    return (await readOrganizationCoverage(actor, filters.organizationId, filters.year, now)).organization
      .name;
  const { place } = await readCoverage(actor, filters, now);
  return place.name;
}

/** A list of names as a workbook. Refused: not_found. */
export async function exportNames(actor: Actor, filters: NameFilters, now: Date): Promise<Download> {
  const rows = await listAllNames(actor, filters, SHEET_NAMES_MAX);
  const place = await placeName(actor, filters, now);
  const { kind, year } = filters;
  const bytes = await tablesWorkbook([namesTable({ place, kind, year, at: now }, rows)]);
  return { name: fileName([place, FILE_WORDS.names, dayOf(now)], 'xlsx'), type: XLSX, bytes };
}

/** A list of names as text to paste; empty when there are too many for a chat group. Refused: not_found. */
export async function readPaste(
  actor: Actor,
  filters: NameFilters,
  total: number,
  now: Date,
): Promise<string[]> {
  if (total === 0 || total > PASTE_NAMES_MAX) return [];
  const rows = await listAllNames(actor, filters, PASTE_NAMES_MAX);
  return missingAsText(
    { place: await placeName(actor, filters, now), kind: filters.kind, total, at: now },
    rows,
  );
}
