import type { Day } from '#lib/kernel/day.ts';
import { warmWorker } from '../warm-worker.ts';

/** A paragraph of the body, or a heading of the first (一、) or second (（一）) level, numbered by the writer. */
export type LetterParagraph = string | { level: 1 | 2; text: string };

export type LetterTable = {
  caption: string;
  columns: readonly {
    heading: string;
    align?: 'left' | 'center' | 'right';
    /** Share of the width; 1 by default. */ share?: number;
  }[];
  rows: readonly (readonly string[])[];
  /** Line under the table: definitions, cut-off time. */
  note?: string;
  /** Cells to be read across a room: signs to fold and put on the tables. */
  big?: boolean;
};

export type Letter = {
  title: string;
  /** To whom, without the colon; empty for a letter to everybody (通报). */
  to: string;
  paragraphs: readonly LetterParagraph[];
  tables?: readonly LetterTable[];
  /** Name of the issuing unit, from data. */
  signer: string;
  day: Day;
  /** Titles of what is attached. */
  attachments?: readonly string[];
  /** Stands at the head of every page, so that a single sheet is not taken for a real order. */
  mark?: string;
};

const writeInWorker = warmWorker<Letter, Uint8Array>({
  file: 'src/lib/server/documents/letter-worker.ts',
  secondsMax: 60,
  tasksMax: 500,
  memoryMegabytesMax: 512,
});

/**
 * An official letter as .docx in the layout of GB/T 9704: A4, margins 37/35/28/26 mm, title 二号小标宋,
 * body 三号仿宋 at 28 pt, 22 lines a page, page numbers — 1 — outside, the seal's place left blank. The
 * office changes it in WPS, prints and seals it. Written in a worker thread.
 */
export function letterDocument(letter: Letter): Promise<Uint8Array> {
  return writeInWorker(letter);
}
