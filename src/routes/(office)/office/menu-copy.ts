import Award from '@lucide/svelte/icons/award';
import BookMarked from '@lucide/svelte/icons/book-marked';
import BookOpen from '@lucide/svelte/icons/book-open';
import Building from '@lucide/svelte/icons/building-2';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import ClipboardPen from '@lucide/svelte/icons/clipboard-pen';
import FileQuestion from '@lucide/svelte/icons/file-question-mark';
import FileText from '@lucide/svelte/icons/file-text';
import FileUp from '@lucide/svelte/icons/file-up';
import House from '@lucide/svelte/icons/house';
import IdCard from '@lucide/svelte/icons/id-card';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ListTodo from '@lucide/svelte/icons/list-todo';
import LockKeyhole from '@lucide/svelte/icons/lock-keyhole';
import MapPinned from '@lucide/svelte/icons/map-pinned';
import PenLine from '@lucide/svelte/icons/pen-line';
import Scale from '@lucide/svelte/icons/scale';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Siren from '@lucide/svelte/icons/siren';
import Target from '@lucide/svelte/icons/target';
import Users from '@lucide/svelte/icons/users';
import type { Role } from '#lib/kernel/actor.ts';
import type { Icon, NavGroup } from '#lib/ui/navigation.ts';

type Entry = { href: string; label: string; icon: Icon; roles: readonly Role[]; main?: boolean };

const BUREAU = ['bureau'] as const;
const DRILLS = ['bureau', 'drill_director'] as const;
const PLACE = ['bureau', 'township_officer'] as const;

/** Every page of the office and the roles it is for: an entry nobody may open is not shown. */
const GROUPS: readonly { title: string; entries: readonly Entry[] }[] = [
  {
    title: '',
    entries: [
      {
        href: '/office',
        label: '今天',
        icon: House,
        roles: [
          'bureau',
          'township_officer',
          'instructor',
          'exam_officer',
          'invigilator',
          'drill_director',
          'enterprise_manager',
        ],
        main: true,
      },
      {
        href: '/office/coverage',
        label: '覆盖率',
        icon: ChartColumn,
        roles: ['bureau', 'township_officer', 'enterprise_manager'],
        main: true,
      },
    ],
  },
  {
    title: '人员',
    entries: [
      {
        href: '/office/people',
        label: '人员档案',
        icon: Users,
        roles: ['bureau', 'township_officer', 'enterprise_manager'],
        main: true,
      },
      { href: '/office/imports', label: '导入花名册', icon: FileUp, roles: ['bureau', 'enterprise_manager'] },
      { href: '/office/cards', label: '学员卡', icon: IdCard, roles: PLACE },
      { href: '/office/organizations', label: '企业单位', icon: Building, roles: BUREAU },
      { href: '/office/divisions', label: '区划', icon: MapPinned, roles: BUREAU },
    ],
  },
  {
    title: '培训',
    entries: [
      { href: '/office/courses', label: '课程', icon: BookOpen, roles: ['bureau', 'instructor'] },
      {
        href: '/office/classes',
        label: '培训班',
        icon: CalendarDays,
        roles: ['bureau', 'township_officer', 'instructor'],
        main: true,
      },
      { href: '/office/outside-trainings', label: '外部培训', icon: PenLine, roles: PLACE },
    ],
  },
  {
    title: '考试与证书',
    entries: [
      { href: '/office/questions', label: '题库', icon: FileQuestion, roles: ['bureau', 'exam_officer'] },
      {
        href: '/office/exams',
        label: '考试',
        icon: ClipboardCheck,
        roles: ['bureau', 'exam_officer', 'invigilator'],
      },
      { href: '/office/certificates', label: '证书', icon: Award, roles: PLACE },
    ],
  },
  {
    title: '演练',
    entries: [
      { href: '/office/drills', label: '演练', icon: Siren, roles: DRILLS },
      {
        href: '/office/drill-quotas',
        label: '年度计划',
        icon: CalendarCheck,
        roles: ['bureau', 'township_officer', 'drill_director'],
      },
      {
        href: '/office/paper-drills',
        label: '线下演练',
        icon: ClipboardPen,
        roles: ['bureau', 'township_officer', 'enterprise_manager'],
      },
      {
        href: '/office/findings',
        label: '问题整改',
        icon: ListTodo,
        roles: ['bureau', 'drill_director', 'township_officer'],
      },
      { href: '/office/sealed', label: '密封演练', icon: LockKeyhole, roles: DRILLS },
      { href: '/office/scripts', label: '脚本库', icon: FileText, roles: DRILLS },
      {
        href: '/office/plans',
        label: '预案',
        icon: BookMarked,
        roles: ['bureau', 'drill_director', 'township_officer', 'evaluator'],
      },
    ],
  },
  {
    title: '规则',
    entries: [
      { href: '/office/rules', label: '轮训规则', icon: Scale, roles: BUREAU },
      { href: '/office/exemptions', label: '免训审批', icon: ShieldCheck, roles: PLACE },
      { href: '/office/indicators', label: '规划指标', icon: Target, roles: BUREAU },
    ],
  },
  {
    title: '记录',
    entries: [
      { href: '/office/events', label: '操作记录', icon: ScrollText, roles: BUREAU },
      { href: '/office/accounts', label: '账号', icon: ListChecks, roles: BUREAU },
    ],
  },
];

/** The menu of somebody with these roles, at this address. */
export function officeMenu(roles: readonly Role[], pathname: string): NavGroup[] {
  return GROUPS.map(({ title, entries }) => ({
    title,
    items: entries
      .filter((entry) => entry.roles.some((role) => roles.includes(role)))
      .map(({ href, label, icon, main }) => ({
        ...{ href, label, icon, main },
        current:
          href === '/office' ? pathname === href : pathname === href || pathname.startsWith(`${href}/`),
      })),
  })).filter((group) => group.items.length > 0);
}
