import { GROUP_WORDS } from '../copy.ts';
import { FEATURE_WORDS } from '../runs/map-words.ts';
import { labelOf, type Part } from './draft.ts';
import { durationText } from './duration-words.ts';
import { DOCUMENT_KIND_WORDS, HAPPENED_WORDS, SHEET_KIND_WORDS } from './part-words.ts';
import type { PartNames } from './trigger-copy.ts';

/** What stands beside the name of a part in a list: the one or two things an author looks for. */
const LINES: Readonly<Record<string, (part: Part, name: PartNames) => (string | false)[]>> = {
  expectations: (part, name) => {
    const { by, opensOn } = part as Part & {
      by?: { roles?: string[] };
      opensOn?: { of: string; is: string };
    };
    const since = opensOn?.of
      ? `${name(opensOn.of)}${HAPPENED_WORDS[opensOn.is as keyof typeof HAPPENED_WORDS] ?? ''}后`
      : '';
    return [
      (by?.roles ?? []).map((id) => name(id)).join('、'),
      `${since} ${durationText(String(part.limit ?? ''))}内`.trim(),
      typeof part.points === 'number' && `${part.points} 分`,
      part.critical === true && '关键',
      part.veto === true && '一票否决',
    ];
  },
  phases: (part, name) => {
    const exits = Array.isArray(part.exits) ? (part.exits as { to?: string }[]) : [];
    return [
      part.maxDuration !== undefined && `最长 ${durationText(String(part.maxDuration))}`,
      exits.length > 0 && `可去 ${[...new Set(exits.map(({ to }) => name(to ?? '')))].join('、')}`,
      part.final === true && '最后阶段',
    ];
  },
  roles: (part, name) => [
    GROUP_WORDS[part.group as keyof typeof GROUP_WORDS] ?? '',
    typeof part.org === 'string' && name(part.org),
  ],
  resources: (part, name) => [
    `${String(part.quantity ?? '')} ${String(part.unit ?? '')}`,
    typeof part.at === 'string' && name(part.at),
    durationText(String(part.mobilize ?? '')) && `${durationText(String(part.mobilize))}出动`,
  ],
  documents: (part) => {
    const fields = Array.isArray(part.fields) ? part.fields.length : 0;
    return [
      DOCUMENT_KIND_WORDS[part.kind as keyof typeof DOCUMENT_KIND_WORDS] ?? '',
      fields > 0 ? `要填 ${fields} 项` : '只供阅读',
    ];
  },
  variables: (part) => [
    `开始时 ${String(part.initial ?? '')} ${String(part.unit ?? '')}`.trim(),
    Array.isArray(part.series) && `随时间变化 ${part.series.length} 次`,
  ],
  'map.features': (part) => [
    FEATURE_WORDS[part.kind as keyof typeof FEATURE_WORDS] ?? '',
    typeof part.revealOn === 'object' && '后来才出现',
  ],
  'evaluation.sheets': (part) => {
    const categories = (Array.isArray(part.categories) ? part.categories : []) as { items?: unknown[] }[];
    const items = categories.reduce((sum, { items: own }) => sum + (own?.length ?? 0), 0);
    return [
      SHEET_KIND_WORDS[part.kind as keyof typeof SHEET_KIND_WORDS] ?? '',
      `${categories.length} 类 ${items} 项`,
    ];
  },
  plans: (part) => [Array.isArray(part.clauses) && `引用 ${part.clauses.length} 条`],
};

/** One part of a list in a line: its name, and what matters about it. */
export function partLine(list: string, part: Part, name: PartNames): { title: string; note: string } {
  const notes = LINES[list]?.(part, name) ?? [];
  return { title: labelOf(part) || '（没有名称）', note: notes.filter(Boolean).join('，') };
}
