import { refuser } from '#lib/kernel/refused.ts';
import type { CourseState, LearnerCourseState, PublishFault } from './course.ts';
import type { AdjustFault, CreditKind } from './ledger.ts';
import type { LessonKind, Missing } from './lesson.ts';
import type { QuizFault } from './quiz.ts';

export const COURSE_STATES: Record<CourseState, string> = {
  draft: '草稿',
  published: '已发布',
  withdrawn: '已下架',
};

export const LEARNER_COURSE_STATES: Record<LearnerCourseState, string> = {
  untouched: '未开始',
  learning: '学习中',
  completed: '已完成',
};

export const LESSON_KIND_NAMES: Record<LessonKind, string> = {
  article: '图文',
  video: '视频',
  pdf: 'PDF资料',
};

/** What is missing before a lesson is complete, as a phrase. */
export const MISSING_WORDS: Record<Missing, string> = {
  time: '学满时长',
  end: '读到末尾',
  quiz: '通过随堂测验',
};

export const CREDIT_KIND_NAMES: Record<CreditKind, string> = {
  attendance: '面授签到',
  lesson: '在线课程',
  elsewhere: '外部培训',
  adjustment: '人工更正',
};

/** The two answers of a judgement. */
export const JUDGE_WORDS = ['对', '错'] as const;

export const QUESTION_TYPE_NAMES = { single: '单选', multiple: '多选', judge: '判断' } as const;

const PUBLISH_FAULTS: Record<PublishFault, string> = {
  course_published: '课程已经发布。',
  course_empty: '课程还没有小节，请先添加至少一个小节。',
  course_basis_missing: '计时课程必须写明要求计时的文件依据，请在课程信息里补上。',
  lesson_body_missing: '有图文小节没有正文，请先写好。',
  lesson_video_missing: '有视频小节没有上传视频。',
  lesson_pdf_missing: '有PDF小节没有上传文件。',
};

export const QUIZ_FAULTS: Record<QuizFault, string> = {
  quiz_stem_missing: '题干太短，至少4个字。',
  quiz_options_few: '选择题要有2–8个选项。',
  quiz_answer_unknown: '答案不在选项中：单选一个字母，多选至少两个字母，判断填“对”或“错”。',
  quiz_explanation_missing: '请写解析，答错的人要看。',
};

const ADJUST_FAULTS: Record<AdjustFault, string> = {
  adjust_nothing: '半天数和学时不能都是0。',
  adjust_reason_missing: '请写明更正理由，至少4个字。理由会记入台账。',
  adjust_negative: '更正后该年度合计会小于0，请核对数字。',
  adjust_day_bad: '日期不能晚于今天。',
};

export const refuse = refuser({
  not_found: [404, '没有找到这项内容，可能已下架，或者不在您的范围内。'],
  forbidden: [403, '您的角色不能修改这里的课程或台账。如确有需要，请联系本县应急管理局。'],
  course_locked: [409, '课程已经发布，改动会马上被学员看到。请先下架再删除小节。'],
  course_not_published: [409, '课程没有发布，不能下架。'],
  course_not_draft: [409, '只有草稿可以删除，已发布过的课程请下架。'],
  course_published: [409, PUBLISH_FAULTS.course_published],
  course_empty: [409, PUBLISH_FAULTS.course_empty],
  course_basis_missing: [400, PUBLISH_FAULTS.course_basis_missing],
  lesson_body_missing: [409, PUBLISH_FAULTS.lesson_body_missing],
  lesson_video_missing: [409, PUBLISH_FAULTS.lesson_video_missing],
  lesson_pdf_missing: [409, PUBLISH_FAULTS.lesson_pdf_missing],
  lesson_file_unfit: [400, '文件类型与小节不符：视频小节用 MP4 或 WebM（字幕用 VTT），PDF小节用 PDF。'],
  question_unfit: [400, (detail) => `第${detail.number}题：${(detail.faults as string[]).join('')}`],
  login_needed: [401, '登录已失效，学习时间暂停记录。请重新登录后继续。'],
  ping_unreadable: [400, '学习记录的格式不对，没有记入。请刷新本页再试。'],
  person_missing: [403, '这个账号没有对应的学员，学习记录无处可记。请用学员账号登录。'],
  lesson_untimed: [409, '这门课程不计时，读到末尾并通过测验即可。'],
  played_elsewhere: [409, '您已在另一台设备或另一个页面学习，本页不再计时。要在这里继续，请点“在本页继续”。'],
  quiz_absent: [409, '本节没有随堂测验。'],
  quiz_incomplete: [
    400,
    (detail) => `第${(detail.numbers as string[]).join('、')}题还没有作答，请答完再提交。`,
  ],
  adjust_nothing: [400, ADJUST_FAULTS.adjust_nothing],
  adjust_reason_missing: [400, ADJUST_FAULTS.adjust_reason_missing],
  adjust_negative: [409, ADJUST_FAULTS.adjust_negative],
  adjust_day_bad: [400, ADJUST_FAULTS.adjust_day_bad],
});

/** 27.5 学时 from hundredths, one decimal at most. */
export function creditText(hundredths: number): string {
  return String(Math.round(hundredths / 10) / 10);
}

/** Half-days as days: 3 → 1.5 */
export function daysText(halfDays: number): string {
  return String(halfDays / 2);
}

/** What a command of the editor has done, for the line above the page. */
export const COURSE_DONE = {
  changed: '课程信息已保存',
  published: '课程已发布，学员现在可以看到',
  withdrawn: '课程已下架，已记的学时不受影响',
  lesson_saved: '小节已保存',
  lesson_removed: '小节已删除',
  file_attached: '文件已上传',
  question_saved: '题目已保存',
  question_removed: '题目已删除',
} as const;
