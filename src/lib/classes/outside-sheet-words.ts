/** Headings of a sheet of people who trained elsewhere. */
export const NAME_HEADINGS = ['姓名', '学员姓名', '参训人员'];
export const ID_HEADINGS = ['身份证号', '身份证号码', '公民身份号码', '证件号码', '证件号'];
export const DAYS_HEADINGS = ['天数', '培训天数', '参训天数'];
/** Rows that are no people. */
export const TOTAL_WORDS = ['合计', '总计', '小计'];
/** The heading row of the form to fill in, and a line that says how. */
export const FORM_HEADINGS = ['姓名', '身份证号', '天数'];
