import { expect, it } from 'vitest';
import { actorFirst } from './actor-first.ts';
import { lookAt } from './look-at.ts';

const look = (code: string, path = 'src/lib/exams/exams.server.ts') => lookAt(actorFirst, { [path]: code });

it('finds a command that does not say who asks', () => {
  expect(look('export async function openExam(examId: string) {}')).toEqual([
    'src/lib/exams/exams.server.ts:1 openExam',
  ]);
  expect(look('export const openExam = async (examId: string) => {};')).toHaveLength(1);
  expect(look('export function openExam(examId: string): Promise<void> { return later(); }')).toHaveLength(1);
  expect(look('export function openExam(examId: string) { return write("a", later); }')).toHaveLength(1);
  expect(look('export async function openAll() {}')).toHaveLength(1);
});

it('passes an actor, the system, a tx and a db', () => {
  expect(look('export async function openExam(actor: Actor, examId: string) {}')).toEqual([]);
  expect(look('export async function listAll(_system: Actor) {}')).toEqual([]);
  expect(look('export async function judge(_anybody: Actor) {}')).toEqual([]);
  expect(look('export async function place(tx: Tx, row: Row) {}')).toEqual([]);
  expect(look('export async function rows(db: Db, row: Row) {}')).toEqual([]);
});

it('passes registrars, what only computes, what stays inside, and other folders', () => {
  expect(look('export function followAttempts() { follow("a", b); }')).toEqual([]);
  expect(look('export function stream(bank: string) { return `bank:${bank}`; }')).toEqual([]);
  expect(look('async function within(examId: string) {}')).toEqual([]);
  expect(look('export async function anything(examId: string) {}', 'src/lib/server/storage.ts')).toEqual([]);
});
