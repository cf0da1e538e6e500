import type { QuestionOptions } from '#lib/exams/question-sheet.ts';
import type { RefusalDetail, RefusalStatus } from '#lib/kernel/refused.ts';
import type { RosterOptions, RosterReference } from '#lib/people/roster.ts';
import type { TemplateKind } from './sheet-copy.ts';
import type { RowReason } from './write-reasons.ts';

/** A file as it was sent. */
export type SheetFile = { bytes: Uint8Array; fileName: string };

export type RosterTask = SheetFile & { reference: RosterReference; options: RosterOptions };
export type QuestionsTask = SheetFile & { options?: QuestionOptions };
export type ReasonsTask = SheetFile & { sheetName: string; reasons: readonly RowReason[] };
export type TemplateTask = { kind: TemplateKind; categories?: readonly string[] };

/** What is asked of a worker thread. */
export type SheetTask =
  | { ask: 'roster'; task: RosterTask }
  | { ask: 'questions'; task: QuestionsTask }
  | { ask: 'indicators'; task: SheetFile }
  | { ask: 'reasons'; task: ReasonsTask }
  | { ask: 'template'; task: TemplateTask };

/**
 * What the thread says. Rows come in slices, each sent when it is asked for, so that taking 20,000 of them
 * over never holds up the requests of the main thread.
 */
export type SheetAnswer =
  | { say: 'rows'; rows: unknown[] }
  | { say: 'done'; result: unknown }
  | { say: 'refused'; code: string; status: RefusalStatus; sentence: string; detail: RefusalDetail }
  | { say: 'failed'; message: string };

export const ROWS_A_SLICE = 250;
/** What the main thread sends to have the next slice. */
export const NEXT_SLICE = 'next';
