import type { CategoryCode, RosterField } from './roster.ts';

/** Heading words by field, the commonest first; the words 练兵 itself prints stand first. */
export const ROSTER_HEADINGS: Readonly<Record<RosterField, readonly string[]>> = {
  name: ['姓名', '人员姓名', '学员姓名', '职工姓名', '员工姓名', '参训人员', '名字'],
  sex: ['性别'],
  id: [
    '身份证号',
    '身份证号码',
    '公民身份号码',
    '居民身份证号码',
    '公民身份证号',
    '身份证件号码',
    '证件号码',
    '身份证',
    '证件号',
  ],
  unit: [
    '单位',
    '工作单位',
    '所在单位',
    '任职单位',
    '部门/车间',
    '部门',
    '所在部门',
    '所属部门',
    '车间',
    '科室',
    '股室',
  ],
  title: [
    '职务',
    '岗位',
    '职务/岗位',
    '岗位/职务',
    '担任职务',
    '行政职务',
    '岗位名称',
    '工种',
    '职务职级',
    '现任职务',
  ],
  category: [
    '人员类别',
    '人员类型',
    '人员分类',
    '人员层级',
    '层级',
    '类别',
    '岗位类别',
    '培训对象类别',
    '培训对象',
    '身份类别',
    '人员性质',
    '级别',
  ],
  township: [
    '所属乡镇',
    '乡镇',
    '所在乡镇',
    '乡镇街道',
    '乡镇/街道',
    '乡镇名称',
    '乡镇办',
    '镇街',
    '所属街道',
    '乡',
    '镇',
  ],
  village: ['村', '行政村', '所在村', '所属村', '村名', '村居', '村/社区', '村社区', '社区', '村委会'],
  phone: ['手机号', '手机号码', '联系电话', '手机', '联系方式', '移动电话', '电话号码', '电话', '联系号码'],
  operation: ['操作项目', '准操项目', '作业项目', '特种作业项目', '准操作项目', '操作类别'],
  hiredOn: ['入职日期', '入职时间', '上岗日期', '上岗时间', '到岗日期', '到岗时间', '进厂日期', '进厂时间'],
  certificate: [
    '持证编号',
    '证书编号',
    '操作证号',
    '操作证编号',
    '证书号码',
    '证书号',
    '证号',
    '特种作业证号',
    '资格证号',
  ],
  validUntil: [
    '证书有效期',
    '有效期',
    '有效期至',
    '有效期限',
    '证书有效期至',
    '有效期截止',
    '到期日期',
    '到期时间',
    '有效日期',
  ],
  trainingHours: ['三级教育学时', '三级安全教育学时', '三级教育课时', '岗前培训学时', '培训学时'],
  remark: ['备注'],
};

/** Columns that rosters carry and that are not imported. */
export const ROSTER_IGNORED_HEADINGS: readonly string[] = [
  '序号',
  '编号',
  '出生日期',
  '出生年月',
  '出生年月日',
  '年龄',
  '民族',
  '政治面貌',
  '文化程度',
  '学历',
  '专业',
  '职称',
  '籍贯',
  '住址',
  '家庭住址',
  '邮箱',
  '照片',
  '签名',
  '签字',
  '导入结果',
];

export const SEX_WORDS = { male: '男', female: '女' } as const;
export type Sex = (typeof SEX_WORDS)[keyof typeof SEX_WORDS];
export const SEX_ALIASES: Readonly<Record<string, Sex>> = { 男: '男', 女: '女', 男性: '男', 女性: '女' };

/** 人员类别 as this product names them. */
export const CATEGORY_NAMES: Readonly<Record<CategoryCode, string>> = {
  county_emergency: '县级应急人员',
  enforcement: '执法人员',
  township_emergency: '乡镇应急人员',
  village_station_head: '安全劝导站站长',
  disaster_informant_a: '灾害信息员A角',
  disaster_informant_b: '灾害信息员B角',
  enterprise_principal: '主要负责人',
  enterprise_safety_manager: '安全生产管理人员',
  special_operator: '特种作业人员',
  new_worker: '新上岗人员',
};

/**
 * What offices call the categories, for everybody; loaded as reference data, to which a bureau adds its
 * own words. Bare level words (县级, 乡镇, 村级) are left out: what they mean differs by bureau.
 */
export const DEFAULT_CATEGORY_ALIASES: Readonly<Record<string, CategoryCode>> = {
  县级应急人员: 'county_emergency',
  县级应急管理人员: 'county_emergency',
  县应急局人员: 'county_emergency',
  县级应急管理干部: 'county_emergency',
  执法人员: 'enforcement',
  行政执法人员: 'enforcement',
  应急执法人员: 'enforcement',
  安全生产执法人员: 'enforcement',
  应急管理综合行政执法人员: 'enforcement',
  乡镇应急人员: 'township_emergency',
  乡镇级应急人员: 'township_emergency',
  乡镇应急管理人员: 'township_emergency',
  乡镇街道应急人员: 'township_emergency',
  乡镇街道应急管理人员: 'township_emergency',
  安全劝导站站长: 'village_station_head',
  村安全劝导站站长: 'village_station_head',
  村级安全劝导站站长: 'village_station_head',
  村社区安全劝导站站长: 'village_station_head',
  村级应急服务站站长: 'village_station_head',
  村应急服务站站长: 'village_station_head',
  应急服务站站长: 'village_station_head',
  应急网格长: 'village_station_head',
  村级应急网格长: 'village_station_head',
  灾害信息员A角: 'disaster_informant_a',
  灾害信息员A: 'disaster_informant_a',
  A角灾害信息员: 'disaster_informant_a',
  灾害信息员B角: 'disaster_informant_b',
  灾害信息员B: 'disaster_informant_b',
  B角灾害信息员: 'disaster_informant_b',
  主要负责人: 'enterprise_principal',
  企业主要负责人: 'enterprise_principal',
  安全生产管理人员: 'enterprise_safety_manager',
  安全管理人员: 'enterprise_safety_manager',
  专职安全生产管理人员: 'enterprise_safety_manager',
  特种作业人员: 'special_operator',
  新上岗人员: 'new_worker',
  新上岗从业人员: 'new_worker',
  新入职人员: 'new_worker',
};

/** What a cell holds that says “nothing here”. */
export const NOTHING_WORDS: readonly string[] = ['—', '——', '－', '-', '--', '/', '无', '没有', '暂无', '\\'];
/** 所属乡镇 of people of the county itself. */
export const COUNTY_LEVEL_WORDS: readonly string[] = [
  '县直',
  '县级',
  '县本级',
  '县直单位',
  '本级',
  '—',
  '——',
  '-',
  '--',
  '/',
  '无',
];

/** What stands behind the name of a township, and what may stand there instead. */
export const TOWNSHIP_SUFFIXES: readonly string[] = ['街道办事处', '办事处', '街道', '镇', '乡'];
export const SUBDISTRICT_SUFFIXES: readonly string[] = ['街道办事处', '办事处', '街道'];

/** A 单位 less its township is a village when it reads so; what stands behind the village is its office. */
export const VILLAGE_UNIT =
  /^(.{1,20}?(?:村|社区))(?:村民委员会|居民委员会|民委员会|居委会|委会|委|党支部|党总支|党委|两委)?$/u;

/** Surnames by which a column without a heading is recognised as names; the hundred commonest and some more. */
export const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
export const NAME_PATTERN = /^[\p{Script=Han}·]{2,12}$/u;

/** 操作项目 of the 2010 catalogue (总局令第30号): 作业类别, name, and the short forms in use. */
export type Operation = { group: string; name: string; aliases: readonly string[] };

const CATALOGUE: Readonly<Record<string, readonly (string | readonly [string, ...string[]])[]>> = {
  电工作业: [
    '高压电工作业',
    '低压电工作业',
    ['防爆电气作业', '防爆电工作业'],
    '电力电缆作业',
    '继电保护作业',
    '电气试验作业',
  ],
  焊接与热切割作业: ['熔化焊接与热切割作业', '压力焊作业', '钎焊作业'],
  高处作业: ['登高架设作业', '高处安装、维护、拆除作业'],
  制冷与空调作业: [
    ['制冷与空调设备运行操作作业', '制冷与空调设备运行操作', '设备运行操作'],
    ['制冷与空调设备安装修理作业', '设备安装修理'],
  ],
  煤矿安全作业: [
    '煤矿井下电气作业',
    '煤矿井下爆破作业',
    '煤矿安全监测监控作业',
    '煤矿瓦斯检查作业',
    '煤矿安全检查作业',
    '煤矿提升机操作作业',
    ['煤矿采煤机（掘进机）操作作业', '煤矿采煤机操作作业', '煤矿掘进机操作作业'],
    '煤矿瓦斯抽采作业',
    '煤矿防突作业',
    '煤矿探放水作业',
  ],
  金属非金属矿山安全作业: [
    '金属非金属矿井通风作业',
    '尾矿作业',
    '金属非金属矿山安全检查作业',
    '金属非金属矿山提升机操作作业',
    '金属非金属矿山支柱作业',
    '金属非金属矿山井下电气作业',
    '金属非金属矿山排水作业',
    '金属非金属矿山爆破作业',
  ],
  石油天然气安全作业: ['司钻作业'],
  '冶金（有色）生产安全作业': ['煤气作业'],
  危险化学品安全作业: [
    '光气及光气化工艺作业',
    '氯碱电解工艺作业',
    '氯化工艺作业',
    '硝化工艺作业',
    '合成氨工艺作业',
    ['裂解（裂化）工艺作业', '裂解工艺作业', '裂化工艺作业'],
    '氟化工艺作业',
    '加氢工艺作业',
    '重氮化工艺作业',
    '氧化工艺作业',
    '过氧化工艺作业',
    '胺基化工艺作业',
    '磺化工艺作业',
    '聚合工艺作业',
    '烷基化工艺作业',
    '化工自动化控制仪表作业',
  ],
  烟花爆竹安全作业: [
    '烟火药制造作业',
    '黑火药制造作业',
    '引火线制造作业',
    '烟花爆竹产品涉药作业',
    '烟花爆竹储存作业',
  ],
};

export const OPERATIONS_2010: readonly Operation[] = Object.entries(CATALOGUE).flatMap(([group, entries]) =>
  entries.map((entry) => {
    const [name, ...aliases] = typeof entry === 'string' ? ([entry] as const) : entry;
    return { group, name, aliases };
  }),
);

/** 24学时: a number with its unit. */
export const HOURS_FORM = /^(\d+(?:\.\d+)?)(?:个学时|学时|个课时|课时|小时|h)?$/u;

/** 低压电工 for 低压电工作业: the word that may be left out. */
export const OPERATION_SUFFIX = '作业';

/** What stands before a value in the rows above (or below) the table. */
export const LABELS = {
  asOf: [
    '填报日期',
    '填表日期',
    '填报时间',
    '填表时间',
    '报送日期',
    '报送时间',
    '上报日期',
    '制表日期',
    '统计日期',
    '日期',
  ],
  reportedBy: ['填报单位', '填表单位', '报送单位', '上报单位', '制表单位'],
  enterprise: ['企业名称', '单位名称', '生产经营单位名称', '公司名称'],
  creditCode: ['统一社会信用代码', '社会信用代码', '信用代码'],
  industry: ['所属行业', '行业类别', '行业', '行业领域'],
} as const satisfies Record<string, readonly string[]>;

/** Industries that owe more training: 矿山, 金属冶炼, 建筑施工, 道路运输, 危险物品, 烟花爆竹. */
export const HIGH_RISK_INDUSTRY =
  /矿山|煤矿|金属冶炼|冶炼|建筑施工|运输|危险化学品|危险物品|危化|烟花爆竹|民用爆炸物品/u;
/** 机械制造（一般工贸企业）. */
export const ORDINARY_INDUSTRY = /一般工贸|非高危/u;
export const ENTERPRISE_NAME = /(?:公司|厂|企业|集团|合作社|工厂|矿)$/u;

/** A sheet of instructions or samples is taken only when there is no other. */
export const SIDE_SHEET = /说明|样例|示例|模板|范例|字典|参考/u;

/** Days as people write them, after spaces are gone and full-width signs are half-width. */
export const DAY_FORMS = {
  full: /(?<!\d)(\d{4})[./\-年](\d{1,2})[./\-月](\d{1,2})[日号]?(?!\d)/gu,
  /** Year and month, or a year. */
  incomplete: /^\d{4}(?:[./\-年]\d{1,2}月?)?[./\-年]?$/u,
  /** 03/04/2026, 26.3.1: which figure is what? */
  ambiguous: /^\d{1,2}[./\-年]\d{1,2}[./\-月]\d{1,4}[日号]?$/u,
  compact: /^(\d{4})(\d{2})(\d{2})$/,
  serial: /^\d{5}$/,
  /** A clock time behind the day. */
  clock: /(?:[\sT]+|(?<=日)\s*)\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?|时\d{1,2}分(?:\d{1,2}秒)?)$/u,
  between: /[~～至到—–-]+/gu,
} as const;
