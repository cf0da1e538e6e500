import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { classScope, enrolmentSubtrees, listedSubtrees, mayRunClass, maySeeClass } from './policy.ts';

const PATHS = [
  '/41/',
  '/41/4114/',
  '/41/4114/411426/',
  '/41/4114/411426/411426101/',
  '/41/4114/411426/411426102/',
  '/41/4110/',
];
const path = fc.constantFrom(...PATHS);
const actors: fc.Arbitrary<Actor> = fc.record({
  accountId: fc.constant('a'),
  personId: fc.constant(null),
  name: fc.constant('某人'),
  grants: fc.array(
    fc.record({
      role: fc.constantFrom(
        'bureau' as const,
        'township_officer' as const,
        'instructor' as const,
        'trainee' as const,
      ),
      path,
      organizationId: fc.constantFrom(null, 'o'),
    }),
    { maxLength: 3 },
  ),
});
const classes = fc.record({
  path,
  state: fc.constantFrom('draft' as const, 'open' as const, 'finished' as const, 'cancelled' as const),
  instructors: fc.constantFrom<string[]>([], ['a'], ['b']),
});

describe('who sees a class', () => {
  it('is the same in the list and one by one', () => {
    fc.assert(
      fc.property(actors, classes, (actor, of) => {
        const { kept, reaching, teacher } = classScope(actor);
        const listed =
          kept.some((subtree) => of.path.startsWith(subtree)) ||
          (of.state !== 'draft' && reaching.includes(of.path)) ||
          (teacher !== null && of.instructors.includes(teacher));
        expect(listed).toBe(maySeeClass(actor, of));
      }),
    );
  });

  it('is whoever sees at least somebody on its lists; who runs it sees all', () => {
    fc.assert(
      fc.property(actors, classes, (actor, of) => {
        expect(listedSubtrees(actor, of).length > 0).toBe(maySeeClass(actor, of));
        if (mayRunClass(actor, of)) expect(listedSubtrees(actor, of)).toEqual(['/']);
      }),
    );
  });

  it('lets nobody enrol people from outside the own place or the class’s', () => {
    fc.assert(
      fc.property(actors, classes, (actor, of) => {
        for (const subtree of enrolmentSubtrees(actor, of)) {
          expect(subtree.startsWith(of.path)).toBe(true);
          expect(
            actor.grants.some((grant) => grant.organizationId === null && subtree.startsWith(grant.path)),
          ).toBe(true);
        }
      }),
    );
  });
});
