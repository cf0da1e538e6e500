import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Actor } from '#lib/kernel/actor.ts';
import type { QuestionContent } from '#lib/exams/question.ts';
import { bankStream } from '#lib/exams/drawing.server.ts';
import { applyQuestionRows } from '#lib/exams/questions.server.ts';
import { write } from '#lib/server/db/open.ts';

const FOLDER = resolve('seeds/demo/questions');

type Written = Omit<QuestionContent, 'answer'> & { answer: string };

/** 对 and 错 as people write them; the bank keeps T and F. */
const JUDGED: Record<string, string> = { 对: 'T', 错: 'F' };

/** All written questions, as the bank takes them. */
export function writtenQuestions(): QuestionContent[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Written[])
    .map((question) => ({ ...question, answer: JUDGED[question.answer] ?? question.answer }));
}

/** Fills the bank of a county. */
export async function loadQuestions(
  bureau: Actor,
  place: { divisionId: string; path: string },
  now: Date,
): Promise<number> {
  const rows = writtenQuestions();
  await write(bankStream(place.divisionId), (tx) => applyQuestionRows(bureau, tx, place, rows, now));
  return rows.length;
}
