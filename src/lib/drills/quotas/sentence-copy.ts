import { grouped, rateText } from '#lib/kernel/chinese.ts';
import { asOfText, PASTE_LENGTH_MAX } from '#lib/coverage/sentence-copy.ts';
import { KIND_TITLES, needName, windowName } from './copy.ts';
import { missingOf, type Duty } from './duty.ts';
import type { Figures, UnitKind } from './figure.ts';

export type Spoken = {
  place: string;
  year: number;
  figures: Figures;
  children: readonly { name: string; figures: Figures }[];
  at: Date;
};

/** The two sentences said on the phone: how far the drills are; what is missing and which places are slowest. */
export function phoneSentences({ place, year, figures, children, at }: Spoken): [string, string] {
  const head = `${asOfText(at)}，${place}${year}年`;
  if (figures.units === 0)
    return [`${head}没有单位有演练次数要求。`, '请先到“演练规则”采用上级或本局的规则，再看完成情况。'];
  const paper = figures.paper === 0 ? '' : `（其中线下 ${grouped(figures.paper)} 场）`;
  const open = figures.openFindings === 0 ? '' : `，还有 ${grouped(figures.openFindings)} 个问题没有整改完`;
  const first = `${head}应办演练 ${grouped(figures.required)} 场，已完成 ${grouped(figures.done)} 场${paper}，完成率 ${rateText(figures.done, figures.required)}；应办单位 ${grouped(figures.units)} 家，全部完成的 ${grouped(figures.met)} 家${open}。`;
  return [first, missingSentence(figures, children)];
}

function missingSentence(figures: Figures, children: Spoken['children']): string {
  const missing = figures.required - figures.done;
  if (missing === 0) return '目前没有欠办的演练。';
  const late = [
    figures.overdue === 0 ? '' : `，逾期 ${grouped(figures.overdue)} 家`,
    figures.dueSoon === 0 ? '' : `，快到期 ${grouped(figures.dueSoon)} 家`,
  ].join('');
  const slow = children
    .filter((child) => child.figures.done < child.figures.required)
    .slice(0, 2)
    .map((child) => `${child.name}（还差 ${grouped(child.figures.required - child.figures.done)} 场）`);
  const where = slow.length === 0 ? '' : `；最慢的是${slow.join('，其次是')}`;
  return `还差 ${grouped(missing)} 场${late}${where}。`;
}

/** 桌面推演差1场（2026年） */
export function gapText(duty: Duty): string {
  return `${needName(duty.rule)}差${missingOf(duty)}场（${windowName(duty.window)}）`;
}

type PastedUnit = { unit: { name: string }; within: string; duties: readonly Duty[] };

/** Units as text to paste into a group, by township, in as many parts as messages may be long. */
export function unitsAsText(
  head: { place: string; year: number; kind: UnitKind; at: Date },
  rows: readonly PastedUnit[],
): string[] {
  const title = (mark: string) =>
    `【${head.place}】${asOfText(head.at)}，以下单位${head.year}年${KIND_TITLES[head.kind]}（共 ${grouped(rows.length)} 家${mark}）：`;
  const room = PASTE_LENGTH_MAX - title('，99/99').length;
  const parts: string[][] = [];
  let used = room + 1;
  for (const line of rows.map((row) => unitLine(row))) {
    if (used + line.length + 1 > room) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)!.push(line);
    used += line.length + 1;
  }
  return parts.map((lines, at) =>
    [title(parts.length > 1 ? `，${at + 1}/${parts.length}` : ''), ...lines].join('\n'),
  );
}

function unitLine({ unit, within, duties }: PastedUnit): string {
  const gaps = duties.filter((duty) => missingOf(duty) > 0).map(gapText);
  const name = within + unit.name;
  return gaps.length === 0 ? name : `${name}：${gaps.join('，')}`;
}
