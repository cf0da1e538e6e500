import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, dayText } from '#lib/kernel/day.ts';
import { letterDocument, type Letter } from '#lib/server/documents/letter.ts';
import { tablesWorkbook } from '#lib/server/sheets/write-table.ts';
import { typesetTemplate } from '#lib/server/typeset/typeset.ts';
import { psmuTable } from './evaluation-copy.ts';
import { readEvaluation } from './evaluations.server.ts';
import type { ReportTexts } from './forms.ts';
import {
  basicFacts,
  linesOf,
  logLine,
  processLines,
  reportFileName,
  REPORT_WORDS,
  reportMark,
  reportTables,
} from './report-copy.ts';
import type { ReportFacts } from './report.ts';
import { readReport } from './reports.server.ts';

/** A file to send: its bytes and the name to save it under. */
export type Paper = { bytes: Uint8Array; name: string };

/** The items of an evaluation in P/S/M/U as a workbook. Refused: 404. */
export async function exportEvaluation(actor: Actor, drillId: string): Promise<Paper> {
  const page = await readEvaluation(actor, drillId);
  const table = psmuTable(page);
  return { bytes: await tablesWorkbook([table]), name: `${table.title}.xlsx` };
}

/** The report as a PDF, every page marked. Refused: 404. */
export async function reportPdf(actor: Actor, drillId: string): Promise<Paper> {
  const { facts, texts, isFrozen, signedBy, signedOn } = await readReport(actor, drillId);
  const [basic, process, analysis, advice, conclusion] = REPORT_WORDS.sections;
  const { pdf } = await typesetTemplate('drill-report', {
    mark: reportMark(facts),
    title: REPORT_WORDS.title,
    note: REPORT_WORDS.outline,
    draft: isFrozen ? '' : REPORT_WORDS.draft,
    facts: basicFacts(facts),
    sections: [
      { heading: basic, lines: [] },
      { heading: process, lines: processLines(facts) },
      { heading: analysis, lines: linesOf(texts.analysis) },
      { heading: advice, lines: linesOf(texts.advice) },
      { heading: conclusion, lines: linesOf(texts.conclusion) },
    ],
    tables: reportTables(facts),
    signer: signedBy ?? '',
    signedOn: signedOn === null ? '' : dayText(signedOn),
    log: logLine(facts),
  });
  return { bytes: pdf, name: reportFileName(facts, 'pdf') };
}

/** The report as a letter to be changed, signed and sealed by hand, every page marked. Refused: 404. */
export async function reportDocx(actor: Actor, drillId: string, now: Date): Promise<Paper> {
  const { facts, texts, isFrozen, signedBy, signedOn } = await readReport(actor, drillId);
  const bytes = await letterDocument(
    reportLetter(facts, texts, {
      isFrozen,
      signer: signedBy ?? '',
      day: signedOn ?? dayOf(now),
    }),
  );
  return { bytes, name: reportFileName(facts, 'docx') };
}

type Signed = { isFrozen: boolean; signer: string; day: string };

function reportLetter(facts: ReportFacts, texts: ReportTexts, { isFrozen, signer, day }: Signed): Letter {
  const [basic, process, analysis, advice, conclusion] = REPORT_WORDS.sections;
  const heading = (text: string | undefined) => ({ level: 1 as const, text: text ?? '' });
  return {
    title: REPORT_WORDS.title,
    to: '',
    paragraphs: [
      ...(isFrozen ? [] : [REPORT_WORDS.draft]),
      heading(basic),
      ...basicFacts(facts).map(([label, text]) => `${label}：${text}`),
      heading(process),
      ...processLines(facts),
      heading(analysis),
      ...linesOf(texts.analysis),
      heading(advice),
      ...linesOf(texts.advice),
      heading(conclusion),
      ...linesOf(texts.conclusion),
      REPORT_WORDS.outline,
      logLine(facts),
    ],
    tables: reportTables(facts).map((table) => ({
      caption: table.heading,
      columns: table.columns.map((column) => ({
        heading: column.heading,
        align: column.align,
        share: column.width === null ? 2.5 : column.width / 22,
      })),
      rows: table.rows,
    })),
    signer,
    day,
    mark: reportMark(facts),
  };
}
