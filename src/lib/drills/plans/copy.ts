import { dayText } from '#lib/kernel/day.ts';
import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';
import { EVENT_TYPE_WORDS } from '../copy.ts';
import type { PlanFileFault } from './plan-file.ts';
import type { ClauseDoubt, ClauseTrials, PlanKind, PublishReason } from './plan.ts';

const FILE_SENTENCES: Record<PlanFileFault, RefusalSentence> = {
  plan_file_type: [
    400,
    '这不是可以读取的预案文件。请用 WPS 或 Word 另存为 .docx，或者上传 Markdown（.md）文本。',
  ],
  plan_file_old: [
    400,
    '这是旧版 .doc 文件，或者设有打开密码，读不出来。请用 WPS 或 Word 打开，取消密码并另存为 .docx 后再上传。',
  ],
  plan_file_locked: [400, '文件设有打开密码，读不出来。请在 WPS 或 Word 中取消密码，保存后再上传。'],
  plan_file_large: [413, '文件超过 20 MB。请删去插图和附图后另存一份再上传。'],
  plan_file_unpacks_large: [
    413,
    '文件解压后超过 200 MB。请把文字部分复制到一个新文档，另存为 .docx 后再上传。',
  ],
  plan_file_damaged: [400, '文件已损坏，读不出来。请在 WPS 或 Word 中打开检查，另存为 .docx 后再上传。'],
  plan_file_empty: [400, '文件里没有读到文字。如果是扫描件，请先转成可以编辑的文字再上传。'],
  plan_file_slow: [413, '文件太大，读取超过一分钟，已经停止。请把文字部分复制到一个新文档后再上传。'],
};

const PUBLISH_SENTENCES: Record<PublishReason, RefusalSentence> = {
  clauses_none: [409, '草稿里还没有条款，不能公布。'],
  clause_no_missing: [409, '有条款没有编号，不能公布。演练和整改按编号引用条款，请先补上编号。'],
  clause_no_twice: [409, '有条款编号重复，不能公布。请改成各不相同的编号。'],
  number_missing: [400, '请填写印发文号。没有文号的写明依据，例如“镇政府会议通过”。'],
  issued_missing: [400, '请选择印发日期。'],
  issued_ahead: [400, '印发日期在今天之后，请核对；到印发那天再公布。'],
};

const SENTENCES = {
  ...FILE_SENTENCES,
  ...PUBLISH_SENTENCES,
  not_found: [404, '没有找到这份预案，可能已被移走，或者不在您的管辖范围内。'],
  forbidden: [403, '您的角色不能做这件事。预案由本级应急管理局或演练导调人员维护。'],
  model_fixed: [403, '范本不能直接修改。请先采用为本地预案，再在草稿里修改。'],
  not_a_model: [409, '只有范本可以采用。修改本地预案请制订新版本。'],
  plan_key_taken: [409, '这个地方已经采用过这份范本，请打开原来的预案制订新版本。'],
  plan_archived: [409, '这份预案已经停用，不能再改。需要时请先恢复。'],
  draft_exists: [409, '已经有一份草稿，请先公布或作废它。'],
  draft_none: [409, '没有草稿可改，可能已经公布或作废。请刷新页面查看。'],
  version_none: [409, '这份预案还没有公布过的版本。'],
  clause_gone: [409, '这一条刚被改动或删除，请刷新页面后再改。'],
  clause_first: [409, '这是第一条，前面没有可以合并的条款。'],
  split_nowhere: [400, '请选择从哪一行起另成一条。只有一段文字的条款，先在要拆的地方换行并保存。'],
  annex_unreadable: [400, '表格没有收完整，请刷新页面后重新填写。'],
  list_too_long: [413, ({ most }) => `预案超过 ${most} 份，请按地方或类别筛选后再导出。`],
  cards_none: [409, '这份预案没有现场处置卡。'],
} as const satisfies Record<string, RefusalSentence>;

export type PlanRefusal = keyof typeof SENTENCES;
export const refuse = refuser<PlanRefusal>(SENTENCES);

export const PLAN_KIND_WORDS: Record<PlanKind, string> = {
  overall: '总体预案',
  special: '专项预案',
  department: '部门预案',
  township: '乡镇（街道）预案',
  village: '村（社区）手册',
  site: '现场处置方案',
};

export const PLAN_EVENT_WORDS: Readonly<Record<string, string>> = { all: '综合', ...EVENT_TYPE_WORDS };

export const DOUBT_WORDS: Record<ClauseDoubt, string> = {
  no_missing: '没有编号',
  no_twice: '编号重复',
  nothing_said: '没有正文',
  depth_jumps: '层级跳了一级',
  title_long: '标题太长，可能是正文',
  blank: '还有空白要填',
};

type AnnexColumn = { field: string; title: string; wide?: boolean; lines?: boolean };

export const ANNEX_TITLES = {
  responses: '响应分级',
  duties: '职责清单',
  contacts: '通信录',
  cards: '现场处置卡',
} as const;

/** Columns of the annexes; `lines` holds one entry a line. */
export const ANNEX_COLUMNS: Record<keyof typeof ANNEX_TITLES, readonly AnnexColumn[]> = {
  responses: [
    { field: 'level', title: '级别' },
    { field: 'condition', title: '启动条件', wide: true },
    { field: 'authority', title: '启动权限', wide: true },
    { field: 'measures', title: '主要措施（条款号）', wide: true },
  ],
  duties: [
    { field: 'post', title: '岗位' },
    { field: 'duty', title: '职责', wide: true },
    { field: 'clause', title: '条款号', wide: true },
  ],
  contacts: [
    { field: 'name', title: '单位或岗位' },
    { field: 'person', title: '联系人' },
    { field: 'phone', title: '电话' },
    { field: 'note', title: '备注', wide: true },
  ],
  cards: [
    { field: 'title', title: '卡片名称' },
    { field: 'trigger', title: '触发条件', wide: true },
    { field: 'steps', title: '立即做（一步一行）', wide: true, lines: true },
    { field: 'report', title: '报告谁、怎么说', wide: true },
    { field: 'never', title: '不要做（一件一行）', wide: true, lines: true },
    { field: 'clause', title: '条款号' },
  ],
};

export const PLAN_DONE = {
  saved: '已保存。',
  merged: '已并入上一条。',
  split: '已拆成两条，请核对编号和标题。',
  dropped: '已删除这一条。',
  added: '已加上一条，请填写编号和内容。',
  published: '预案已公布，这一版从现在起不能再改。',
  discarded: '草稿已作废。',
  archived: '预案已停用。',
  restored: '预案已恢复。',
  contacts: '通信录已更新。',
} as const;
export type PlanDone = keyof typeof PLAN_DONE;

/** 演练 3 次、未达到 1 次、最近验证 2026年5月6日 */
export function trialsSentence(trials: ClauseTrials | undefined): string {
  if (!trials || trials.drilled === 0) return '尚未演练';
  const verified =
    trials.lastVerifiedOn === null ? '尚未验证通过' : `最近验证${dayText(trials.lastVerifiedOn)}`;
  return `演练${trials.drilled}次，失败${trials.failed}次，${verified}`;
}

/** 第2版 · 夏政办〔2026〕5号 */
export function versionWords(version: {
  number: number;
  documentNumber: string;
  inForceAt: Date | null;
}): string {
  if (version.inForceAt === null) return `第${version.number}版（草稿）`;
  return version.documentNumber === ''
    ? `第${version.number}版`
    : `第${version.number}版 · ${version.documentNumber}`;
}

const MODEL_MARK = /（[^（）]*范本[^（）]*）/gu;
const LEVEL_WORD = /^(县级|乡镇|村（社区）)/u;

/** 县级防汛应急预案（范本） becomes 夏邑县防汛应急预案. */
export function localTitle(modelTitle: string, place: string): string {
  const bare = modelTitle.replace(MODEL_MARK, '');
  return LEVEL_WORD.test(bare) ? bare.replace(LEVEL_WORD, place) : `${place}${bare}`;
}

export const adoptedReason = (title: string) => `采用范本《${title}》`;
export const importedReason = (fileName: string) => `从文件导入：${fileName}`;
export const UNNAMED_PLAN = '未命名预案';
/** The marks of a source whose value only helps to understand. */
export const EXAMPLE_SOURCE = /示例/u;
export const LOCAL_SOURCE = '由本地填写';
