import { dayText } from '#lib/kernel/day.ts';
import { standingOf } from './stage.ts';

type Told = {
  row: { state: string; plannedOn: string; place: string };
  stage: string;
  seats: readonly unknown[];
  emptyRoles: readonly { name: string; group: string }[];
};

/** How a drill stands and what it still needs, in one or two sentences. */
export function drillSentence({ row, stage, seats, emptyRoles }: Told): string {
  const standing = standingOf(row.state, stage);
  const where = `${dayText(row.plannedOn)}${row.place ? `，${row.place}` : ''}`;
  if (standing === 'cancelled') return `原定${where}，已经取消。`;
  if (standing !== 'planned') return `${where}。已安排席位 ${seats.length} 个。`;
  const players = emptyRoles.filter(({ group }) => group === 'player').length;
  const hasDirector = !emptyRoles.some(({ group }) => group === 'director');
  if (seats.length === 0) return `${where}。还没有安排席位，请先安排总导调。`;
  const lacks = [!hasDirector && '还没有总导调', players > 0 && `还有 ${players} 个参演角色没有人`].filter(
    Boolean,
  );
  return `${where}。已安排席位 ${seats.length} 个${lacks.length > 0 ? `，${lacks.join('，')}` : '，角色都有人了'}。`;
}
