import Database from 'better-sqlite3';
import { join } from 'node:path';

/**
 * What stands for `[person]`, `[class]` … in the table: things of 夏邑县, found in the demo data. The person
 * is the village station head of 会亭镇; the attempt is the county cadre's; the certificate is somebody else's.
 */
const VILLAGE = `(SELECT person_id FROM account WHERE login_name = 'village')`;
const TRAINEE = `(SELECT person_id FROM account WHERE login_name = 'trainee')`;
const XIAYI = `'/41/4114/411426/%'`;
const HUITING = `'/41/4114/411426/411426101/%'`;
const PUBLIC_COURSE = `(SELECT id FROM course WHERE path LIKE ${XIAYI} AND is_public = 1 ORDER BY id LIMIT 1)`;
const CLOSED_COURSE = `(SELECT id FROM course WHERE path LIKE ${XIAYI} AND is_public = 0 ORDER BY id LIMIT 1)`;
const CLASS = `(SELECT class_id FROM class_instructor ORDER BY class_id LIMIT 1)`;

/** Of somebody who has no demo account: nobody in the table sees it as one's own. */
const CERTIFICATE = `FROM certificate WHERE path LIKE ${XIAYI} AND state = 'valid' AND person_id NOT IN (SELECT person_id FROM account WHERE person_id IS NOT NULL) ORDER BY issued_at, id LIMIT 1`;

const QUERIES: Record<string, string> = {
  person: `SELECT ${VILLAGE}`,
  trainee: `SELECT ${TRAINEE}`,
  account: `SELECT id FROM account WHERE login_name = 'huiting'`,
  organization: `SELECT organization_id FROM account_grant WHERE role = 'enterprise_manager'`,
  course: `SELECT ${PUBLIC_COURSE}`,
  slug: `SELECT slug FROM course WHERE id = ${PUBLIC_COURSE}`,
  lesson: `SELECT id FROM lesson WHERE course_id = ${PUBLIC_COURSE} ORDER BY ordinal LIMIT 1`,
  closed: `SELECT ${CLOSED_COURSE}`,
  closedSlug: `SELECT slug FROM course WHERE id = ${CLOSED_COURSE}`,
  closedLesson: `SELECT id FROM lesson WHERE course_id = ${CLOSED_COURSE} ORDER BY ordinal LIMIT 1`,
  class: `SELECT ${CLASS}`,
  session: `SELECT id FROM class_session WHERE class_id = ${CLASS} ORDER BY held_on, half LIMIT 1`,
  exam: `SELECT exam_id FROM attempt WHERE person_id = ${TRAINEE} ORDER BY started_at LIMIT 1`,
  unwatched: `SELECT id FROM exam WHERE path LIKE ${XIAYI} AND state = 'published' AND id NOT IN (SELECT exam_id FROM exam_invigilator) ORDER BY id LIMIT 1`,
  attempt: `SELECT id FROM attempt WHERE person_id = ${TRAINEE} ORDER BY started_at LIMIT 1`,
  certificate: `SELECT id ${CERTIFICATE}`,
  number: `SELECT number ${CERTIFICATE}`,
  question: `SELECT id FROM question WHERE path LIKE ${XIAYI} ORDER BY id LIMIT 1`,
  training: `SELECT id FROM outside_training WHERE path LIKE ${HUITING} ORDER BY id LIMIT 1`,
  plan: `SELECT id FROM indicator_plan WHERE path LIKE ${XIAYI} ORDER BY id LIMIT 1`,
  modelPlan: `SELECT id FROM plan WHERE is_model = 1 AND key = 'plan-county-flood'`,
  localPlan: `SELECT id FROM plan WHERE is_model = 0 AND key = 'plan-county-flood' AND path LIKE ${XIAYI}`,
  draftPlan: `SELECT id FROM plan WHERE is_model = 0 AND key = 'plan-county-hazmat' AND path LIKE ${XIAYI}`,
  import: `SELECT id FROM sheet_import WHERE organization_id IS NULL AND path LIKE ${XIAYI} ORDER BY created_at LIMIT 1`,
  enterpriseImport: `SELECT id FROM sheet_import WHERE organization_id IS NOT NULL OR file_name LIKE '%公司%' ORDER BY created_at LIMIT 1`,
  division: `SELECT '411426101'`,
  county: `SELECT '411426'`,
  rule: `SELECT id FROM rule WHERE id LIKE '%CAD-03'`,
  adoption: `SELECT id FROM adoption WHERE path LIKE ${XIAYI} ORDER BY adopted_at LIMIT 1`,
  exemption: `SELECT id FROM exemption WHERE state = 'asked' AND path LIKE ${HUITING} LIMIT 1`,
  upload: `SELECT id FROM upload WHERE path LIKE ${HUITING} AND about LIKE 'outside:%' ORDER BY id LIMIT 1`,
  script: `SELECT id FROM drill_script WHERE path LIKE ${XIAYI} ORDER BY id LIMIT 1`,
  part: `SELECT 'phases'`,
  packPaper: `SELECT 'tasks'`,
  modelScript: `SELECT id FROM drill_script WHERE is_model = 1 ORDER BY id LIMIT 1`,
  drill: `SELECT drill_id FROM drill_run WHERE stage = 'lobby' ORDER BY created_at LIMIT 1`,
  run: `SELECT id FROM drill_run WHERE stage = 'lobby' ORDER BY created_at LIMIT 1`,
  paperDrill: `SELECT id FROM paper_drill WHERE state = 'confirmed' AND path LIKE ${HUITING} ORDER BY id LIMIT 1`,
  enterprisePaper: `SELECT id FROM paper_drill WHERE state = 'entered' AND path LIKE ${XIAYI} AND unit_id = (SELECT organization_id FROM account_grant WHERE role = 'enterprise_manager')`,
  halfYearReport: `SELECT id FROM half_year_report WHERE path LIKE ${XIAYI} LIMIT 1`,
  playedDrill: `SELECT id FROM drill WHERE state = 'published' ORDER BY planned_on LIMIT 1`,
  roster: `SELECT file_id FROM sheet_import WHERE organization_id IS NULL AND path LIKE ${XIAYI} ORDER BY created_at LIMIT 1`,
};

/** Nothing of this name exists: what everybody may ask about and nobody finds. */
const NOTHING = '00000000-0000-7000-8000-000000000000';

export type Objects = { fill(text: string): string };

export function objectsIn(dataDir: string): Objects {
  const database = new Database(join(dataDir, 'lianbing.db'), { readonly: true });
  const ids = new Map<string, string>();
  for (const [name, query] of Object.entries(QUERIES)) {
    const id = database.prepare(query).pluck().get();
    if (typeof id !== 'string') throw new Error(`the demo data has no ${name} for the access table`);
    ids.set(name, id);
  }
  database.close();
  return {
    fill: (text) =>
      text.replace(/\[(?:\w+=)?(\w+)\]/g, (_, name: string) => encodeURIComponent(ids.get(name) ?? NOTHING)),
  };
}
