import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';
import type { Cast } from './runs/dry-run.ts';
import type { Stage } from './runs/run.machine.ts';
import type { RoleGroup } from './scripts/script.ts';

/** Who plays in a dry run. */
export const CAST_WORDS: Record<Cast, string> = {
  nobody: '没有人响应',
  in_time: '都按时做到',
  late: '都做了但都逾期',
  other_option: '决策选另一项',
};

const SENTENCES = {
  not_found: [404, '没有找到，或者不在您的管理范围内。'],
  forbidden: [403, '您的账号没有这项权限。'],
  script_unreadable: [400, '脚本文件读不懂，请用本系统导出的文件。'],
  script_has_faults: [409, ({ count }) => `脚本还有 ${count} 处必须修改，改完才能发布。`],
  script_stuck: [
    409,
    ({ casts }) =>
      `试演走不到最后阶段（${String(casts)
        .split(',')
        .map((cast) => CAST_WORDS[cast as Cast] ?? cast)
        .join('、')}），请到“试演”页看停在哪里，给那个阶段加出口或限时。`,
  ],
  script_changed: [409, ({ by, at }) => `${by}在 ${at} 保存过这份脚本，您的修改还没有存上。`],
  msel_without_sheets: [400, '文件里没有“情景”“预期动作”或“角色”工作表，请用这里导出的工作簿来改。'],
  script_not_published: [409, '脚本还没有发布，请先发布。'],
  script_blind: [409, '这是双盲脚本，不能建成公开的演练。'],
  drill_started: [409, '演练已经开始，不能再改。'],
  drill_is_over: [409, '这场演练已经结束。'],
  seat_together: [409, '同一个人不能既参演又导调或评估。'],
  seat_unknown: [409, '没有这个账号，请核对登录名。'],
  role_unknown: [409, '脚本里没有这个角色。'],
  no_director: [409, '还没有人担任总导调，请先安排席位。'],
  role_empty: [409, ({ roles }) => `还有参演角色没有人：${roles}。`],
} as const satisfies Record<string, RefusalSentence>;

export type DrillRefusal = keyof typeof SENTENCES;
export const refuse = refuser<DrillRefusal>(SENTENCES);

export const FORM_WORDS = {
  tabletop: '桌面推演',
  sandtable: '沙盘推演',
  functional: '功能演练',
  full_scale: '实战演练',
} as const;
export const CONTENT_WORDS = { single: '单项', comprehensive: '综合' } as const;
export const NOTICE_WORDS = {
  full: '事先公布',
  time_only: '只公布时间',
  window_only: '只公布时间段',
  none: '不通知',
} as const;
export const DRILL_STATE_WORDS = {
  planned: '待演练',
  running: '进行中',
  evaluating: '评估中',
  published: '已公布',
  archived: '已归档',
  cancelled: '已取消',
} as const;
export const STAGE_WORDS: Record<Stage, string> = {
  lobby: '候场',
  running: '进行中',
  paused: '已暂停',
  ended: '已结束',
  hot_wash: '现场点评',
  evaluating: '评估中',
  published: '评估已公布',
  archived: '已归档',
  aborted: '已终止',
};
export const GROUP_WORDS: Record<RoleGroup, string> = {
  director: '总导调',
  control: '导调',
  sim: '模拟',
  player: '参演',
  evaluator: '评估',
  observer: '观摩',
  safety: '安全',
  trusted: '知情人',
};
export const EVENT_TYPE_WORDS = {
  flood: '防汛',
  geological: '地质灾害',
  forest_fire: '森林火灾',
  hazmat: '危险化学品',
  mine_flood: '矿山透水',
  building_fire: '建筑火灾',
  earthquake: '地震',
  other: '其他',
} as const;
