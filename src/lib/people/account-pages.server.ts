import { like } from 'drizzle-orm';
import { ROLES, type Actor, type Role } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { organization } from '#lib/server/db/schema/people.ts';
import { mayGrant } from './account.ts';
import { findAccount, type AccountRow } from './account-lists.server.ts';
import { refuse } from './copy.ts';
import { readPlace, type PlaceView } from './divisions.server.ts';
import { mayEnterAccounts } from './policy.ts';

/** Where a role can be given, which roles, and the enterprises there. */
export type GrantChoices = {
  view: PlaceView;
  roles: Role[];
  organizations: { id: string; name: string }[];
};

/** What may be granted in a place (by default where the actor's own begins). Refused: forbidden, not_found. */
export async function readGrantChoices(actor: Actor, within: string): Promise<GrantChoices> {
  if (!mayEnterAccounts(actor)) throw refuse('forbidden');
  const view = await readPlace(actor, within);
  const { path, level } = view.place;
  // Above a county the enterprises would be too many to choose from, and are not kept there.
  const inReach = level === 'county' || level === 'township';
  const organizations = inReach
    ? await read((db) =>
        db
          .select({ id: organization.id, name: organization.name })
          .from(organization)
          .where(like(organization.path, `${path}%`))
          .orderBy(organization.name),
      )
    : [];
  return { view, roles: ROLES.filter((role) => mayGrant(actor, role, path)), organizations };
}

/** One account with what may still be granted. Refused: not_found, forbidden. */
export async function readAccountPage(
  actor: Actor,
  accountId: string,
  within: string,
): Promise<GrantChoices & { account: AccountRow; own: boolean }> {
  const account = await findAccount(actor, accountId);
  return { account, own: account.id === actor.accountId, ...(await readGrantChoices(actor, within)) };
}
