import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ROLES, type Actor } from '#lib/kernel/actor.ts';
import { mayEnterPlans, mayKeepPlan, maySeePlan, planScope } from './policy.ts';

const PATHS = ['/41/', '/41/4114/', '/41/4114/411426/', '/41/4114/411426/411426101/', '/41/4112/411224/'];
const grant = fc.record({
  role: fc.constantFrom(...ROLES),
  path: fc.constantFrom(...PATHS),
  organizationId: fc.constantFrom(null, null, 'o'),
});
const actors = fc
  .array(grant, { maxLength: 3 })
  .map((grants): Actor => ({ accountId: 'a', personId: null, name: '', grants }));
const plans = fc.record({ path: fc.constantFrom(...PATHS), isModel: fc.boolean(), inForce: fc.boolean() });

/** What the list asks the database, asked of one row. */
function isListed(actor: Actor, plan: { path: string; isModel: boolean; inForce: boolean }): boolean {
  if (!mayEnterPlans(actor)) return false;
  const { kept, read, above } = planScope(actor);
  const under = (roots: string[]) => roots.some((root) => plan.path.startsWith(root));
  return plan.isModel || under(kept) || (plan.inForce && (under(read) || above.includes(plan.path)));
}

it('shows in lists exactly what may be opened', () => {
  fc.assert(fc.property(actors, plans, (actor, plan) => isListed(actor, plan) === maySeePlan(actor, plan)));
  expect(
    isListed(
      { accountId: 'a', personId: null, name: '', grants: [] },
      { path: '/41/', isModel: true, inForce: true },
    ),
  ).toBe(false);
});

it('lets nobody keep a model, or what one may not see', () => {
  fc.assert(
    fc.property(
      actors,
      plans,
      (actor, plan) =>
        !mayKeepPlan(actor, plan) || (!plan.isModel && maySeePlan(actor, { ...plan, inForce: false })),
    ),
  );
  const bureau: Actor = {
    accountId: 'a',
    personId: null,
    name: '',
    grants: [{ role: 'bureau', path: '/41/4114/411426/', organizationId: null }],
  };
  expect(mayKeepPlan(bureau, { path: '/41/4114/411426/411426101/', isModel: false })).toBe(true);
  expect(mayKeepPlan(bureau, { path: '/41/4114/', isModel: false })).toBe(false);
});
