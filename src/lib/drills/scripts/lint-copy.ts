import type { ScriptFinding, ScriptFault } from './lint-finding.ts';

const SENTENCES: Record<ScriptFault, (detail: ScriptFinding['detail']) => string> = {
  unreadable: ({ why, got }) =>
    `此处写法不对（${FORMAT[String(why)] ?? '不是这里允许的内容'}），读到的是 ${got}`,
  too_deep: () => '条件嵌套过深，请拆成几条',
  duplicate_id: ({ id }) => `编号“${id}”用了两次，请改其中一个`,
  unknown_ref: ({ id }) => `引用的“${id}”不存在`,
  wrong_happened: ({ id, is }) => `“${id}”不会出现“${HAPPENED_WORDS[String(is)] ?? is}”这种情况`,
  depends_on_itself: ({ way }) => `互相等待，谁也不会发生：${way}`,
  endless_exits: ({ way }) => `阶段之间会原地打转：${way}，请在其中加上“进入后过多久”`,
  doer_not_player: () => '没有参演角色来接收或完成，请指定参演角色',
  cannot_do: () => '列出的角色都做不了这件事：看不到这份文书，或收不到这条情景',
  not_scored: () => '按记录评分的预期动作没有列入任何评估表',
  weights_not_100: ({ sum }) => `各类权重之和是 ${sum}，应为 100`,
  grades_without_floor: () => '等次没有从 0 分起的一档',
  unknown_grade: ({ name }) => `一票否决后的等次“${name}”不在等次表里`,
  no_way_out: () => '这个阶段没有出口：请加条件、手动出口或限时，或标为最后阶段',
  phase_unreachable: () => '无论怎么演都走不到这个阶段',
  never_released: () => '无论怎么演都不会发出这条情景',
  never_opens: () => '无论怎么演都不会开始等待这个动作',
  unknown_option: ({ option }) => `没有“${option}”这个选项`,
  decider_not_receiver: () => '决策人收不到这条情景',
  blind_open: ({ early, open }) =>
    early === undefined
      ? '双盲演练不能向参演方公开脚本，请把脚本公开程度设为“不公开”'
      : `双盲演练开始即可看到的材料 ${early} 份、变化数据 ${open} 项，请确认不会提前透露情景`,
  not_a_point: () => '需要一个地图上的点',
};

const FORMAT: Record<string, string> = {
  duration: '时长应写成 PT15M、PT1H30M、PT90S 这样',
  id: '编号只用字母、数字、下划线和短横线，以字母开头',
  empty: '不能为空',
  too_long: '太长',
  nobody: '至少指定一个角色',
  two_options: '决策至少要有两个选项',
  no_evidence: '至少写一种完成的依据',
  no_sheet: '至少要有一张评估表',
  local_time: '情景时间应写成 2026-07-20T05:30 这样',
};

const HAPPENED_WORDS: Record<string, string> = {
  released: '已发出',
  acked: '已收到',
  skipped: '已跳过',
  expired: '超时未收',
  met: '已完成',
  late: '逾期完成',
  missed: '未完成',
  entered: '已进入',
  exited: '已离开',
};

/** What a finding says, with the place: `A-03 水位超警（injects.2.trigger.when）：引用的“e9”不存在`. */
export function findingSentence({ code, part, path, detail }: ScriptFinding): string {
  const place = part && path ? `${part}（${path}）` : part || path;
  return `${place ? `${place}：` : ''}${SENTENCES[code](detail)}`;
}
