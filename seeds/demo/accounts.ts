import { and, asc, eq, isNull, like } from 'drizzle-orm';
import { DEMO_ACCOUNT_TITLES, DEMO_PASSWORD } from '#lib/people/demo-copy.ts';
import type { Role } from '#lib/kernel/actor.ts';
import { hashPassword } from '#lib/server/auth/passwords.ts';
import { read, write } from '#lib/server/db/open.ts';
import { account, accountGrant, division, organization, person, post } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';

type Holder = { role: Role; divisionId: string; category?: string; township?: string; organization?: boolean };

const XIAYI = '411426';
const HUITING = '411426101';

/** What each demo account is: its role and place, and the kind of person of the roster behind it. */
const HOLDERS: Record<string, Holder> = {
  admin: { role: 'administrator', divisionId: '41' },
  xiayi: { role: 'bureau', divisionId: XIAYI },
  lushi: { role: 'bureau', divisionId: '411224' },
  xuchang: { role: 'bureau', divisionId: '4110' },
  huiting: { role: 'township_officer', divisionId: HUITING, category: 'township_emergency', township: HUITING },
  trainee: { role: 'trainee', divisionId: XIAYI, category: 'county_emergency' },
  village: { role: 'trainee', divisionId: HUITING, category: 'village_station_head', township: HUITING },
  instructor: { role: 'instructor', divisionId: XIAYI },
  officer: { role: 'exam_officer', divisionId: XIAYI },
  invigilator: { role: 'invigilator', divisionId: XIAYI },
  worker: { role: 'trainee', divisionId: XIAYI, category: 'special_operator', organization: true },
  enterprise: { role: 'enterprise_manager', divisionId: XIAYI, category: 'enterprise_safety_manager', organization: true },
  director: { role: 'drill_director', divisionId: XIAYI, category: 'county_emergency' },
  evaluator: { role: 'evaluator', divisionId: XIAYI, category: 'county_emergency' },
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((number) => [
      `player${number}`,
      { role: 'trainee', divisionId: XIAYI, category: number <= 2 ? 'enforcement' : 'township_emergency' } satisfies Holder,
    ]),
  ),
  observer: { role: 'trainee', divisionId: XIAYI, category: 'township_emergency' },
};

/** The accounts of the bureaus and the administrator: they stand before there are any people. */
const WITHOUT_PERSON = ['admin', 'xiayi', 'lushi', 'xuchang', 'instructor', 'officer', 'invigilator'];

/** Makes the demo accounts; `stage` first those without a person, then those who stand on a roster. */
export async function loadAccounts(stage: 'offices' | 'people', now: Date): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const taken = new Set<string>();
  for (const [loginName, title] of DEMO_ACCOUNT_TITLES) {
    const holder = HOLDERS[loginName]!;
    if (WITHOUT_PERSON.includes(loginName) !== (stage === 'offices')) continue;
    const owner = stage === 'people' ? await ownerOf(holder, taken) : null;
    if (owner) taken.add(owner.personId);
    await write(`account:${loginName}`, async (tx) => {
      const [place] = await tx.select().from(division).where(eq(division.id, holder.divisionId));
      const id = newId();
      const name = owner?.name ?? title.replace(/（.*）/u, '');
      const fresh = { mustChangePassword: false, disabledAt: null, createdAt: now };
      await tx.insert(account).values({ id, personId: owner?.personId ?? null, loginName, name, passwordHash, ...fresh });
      const organizationId = holder.organization ? (owner?.organizationId ?? null) : null;
      const grant = { role: holder.role, divisionId: place!.id, path: place!.path, organizationId };
      await tx.insert(accountGrant).values({ id: newId(), accountId: id, ...grant });
    });
  }
}

async function ownerOf(holder: Holder, taken: Set<string>) {
  const rows = await read((db) =>
    db
      .select({ personId: person.id, name: person.name, organizationId: post.organizationId })
      .from(post)
      .innerJoin(person, eq(person.id, post.personId))
      .leftJoin(organization, eq(organization.id, post.organizationId))
      .where(
        and(
          isNull(post.heldUntil),
          eq(post.category, holder.category ?? ''),
          like(post.path, `%/${holder.township ?? holder.divisionId}/%`),
        ),
      )
      .orderBy(asc(person.idMasked), asc(person.birthOn), asc(person.pinyin)),
  );
  const owner = rows.find((row) => !taken.has(row.personId));
  if (!owner) throw new Error(`demo: nobody on the roster for ${JSON.stringify(holder)}`);
  return owner;
}
