import { hasRole, type Actor } from '#lib/kernel/actor.ts';

const OFFICE_ROLES = [
  'bureau',
  'township_officer',
  'instructor',
  'exam_officer',
  'invigilator',
  'drill_director',
  'enterprise_manager',
] as const;

/** Where somebody begins the day: the office, the administrator's pages, or their own learning. */
export function homeOf(actor: Actor): string {
  if (hasRole(actor, ...OFFICE_ROLES)) return '/office';
  if (hasRole(actor, 'administrator')) return '/admin/accounts';
  return '/learn';
}

export function mayEnterOffice(actor: Actor): boolean {
  return hasRole(actor, ...OFFICE_ROLES);
}
