import { SCRIPT_SCHEMA, type EventType, type Script } from './script.ts';
import { DRILL_MARK } from './words.ts';

/** What an author begins with: free of faults and playable to its end, so that each change shows what it did. */

const CATEGORIES: Record<EventType, Script['meta']['eventCategory']> = {
  flood: 'natural',
  geological: 'natural',
  forest_fire: 'natural',
  earthquake: 'natural',
  hazmat: 'accident',
  mine_flood: 'accident',
  building_fire: 'accident',
  other: 'natural',
};

export type BlankScript = {
  title: string;
  region: string;
  eventType: EventType;
  form: Script['drill']['form'];
  /** 情景时间 at the start: `2026-07-20T08:30`. */
  scenarioStart: string;
};

/** A script with one player, one inject, one expected action and one score sheet, to be filled in. */
export function blankScript({ title, region, eventType, form, scenarioStart }: BlankScript): Script {
  return {
    schema: SCRIPT_SCHEMA,
    meta: {
      id: 'script',
      title,
      eventCategory: CATEGORIES[eventType],
      eventType,
      incidentLevel: 'IV',
      region,
      planned: 'PT60M',
      brief: { outline: '', consequences: '', background: '', evolution: '' },
      sources: [],
    },
    drill: { form, content: 'single', purposes: ['test'] },
    plans: [],
    objectives: [{ id: 'o-1', text: '值班员接到情况后按预案时限报告。' }],
    orgs: [{ id: 'u-1', name: '乡镇政府' }],
    roles: roles(),
    storylines: [{ id: 's-1', title: '主线' }],
    resources: [],
    map: { widthKm: 10, features: [] },
    documents: [],
    variables: [],
    clock: {
      scenarioStart,
      defaultRate: 1,
      maxRate: 6,
      onJump: 'hold_for_review',
      limitsUse: 'exercise',
    },
    phases: [
      {
        id: 'p-1',
        title: '处置',
        maxDuration: 'PT50M',
        onTimeout: 'p-2',
        exits: [{ manual: true, to: 'p-2', label: '导调推进' }],
      },
      { id: 'p-2', title: '结束', exits: [], final: true },
    ],
    ...play(),
    evaluation: evaluation(),
    blind: { notice: 'full', script: 'outline' },
    safety: { marking: DRILL_MARK, stopWord: '演练终止', realEvent: 'terminate' },
  };
}

function roles(): Script['roles'] {
  return [
    { id: 'r-1', name: '值班员', group: 'player', org: 'u-1', task: '接听、记录、复述，按时限报告。' },
    { id: 'r-2', name: '总导调', group: 'director' },
    { id: 'r-3', name: '模拟上级', group: 'sim' },
    { id: 'r-4', name: '评估员', group: 'evaluator', evaluates: ['r-1'] },
  ];
}

function play(): Pick<Script, 'injects' | 'expectations'> {
  return {
    injects: [
      {
        id: 'i-1',
        code: 'A-01',
        storyline: 's-1',
        title: '第一个电话',
        body: '演练，演练。请写上第一条情景的原话。',
        kind: 'report',
        channel: 'phone',
        from: 'r-3',
        to: [{ role: 'r-1' }],
        trigger: { at: 'PT1M' },
        ackLimit: 'PT3M',
      },
    ],
    expectations: [
      {
        id: 'e-1',
        title: '接听、复述并报告',
        by: { roles: ['r-1'], need: 'any' },
        objective: 'o-1',
        opensOn: { of: 'i-1', is: 'released' },
        limit: 'PT20M',
        mode: 'observed',
        points: 10,
        late: { rule: 'linear', zeroAfter: 'PT20M' },
        evidence: [{ confirmed: true }],
      },
    ],
  };
}

function evaluation(): Script['evaluation'] {
  return {
    sheets: [
      {
        id: 'sheet-1',
        kind: 'conduct',
        title: '演练实施情况评估表',
        basis: '自拟，正式使用前对照评估标准核定',
        categories: [
          {
            id: 'k1',
            title: '信息报告',
            weight: 100,
            items: [
              {
                id: 'q1',
                code: '1.1',
                indicator: '接听、复述、报告在时限内完成，要素齐全',
                weight: 1,
                scale: 'fit',
                method: 'observe',
                expectations: ['e-1'],
              },
            ],
          },
        ],
      },
    ],
    grades: [
      { name: '优', min: 90 },
      { name: '良', min: 75 },
      { name: '中', min: 60 },
      { name: '差', min: 0 },
    ],
    vetoGrade: '差',
    minCoverage: 0.8,
    dispersionAlert: 0.4,
  };
}
