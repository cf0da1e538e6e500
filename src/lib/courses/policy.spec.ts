import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { coursePlacesAbove, courseSubtrees, maySeeCourse, placesAbove } from './policy.ts';

const PATHS = [
  '/41/',
  '/41/4114/',
  '/41/4114/411426/',
  '/41/4114/411426/411426101/',
  '/41/4110/',
  '/41/4110/411025/',
];
const path = fc.constantFrom(...PATHS);
const actors: fc.Arbitrary<Actor> = fc.record({
  accountId: fc.constant('a'),
  personId: fc.constant('p'),
  name: fc.constant('某人'),
  grants: fc.array(
    fc.record({
      role: fc.constantFrom('bureau' as const, 'township_officer' as const, 'trainee' as const),
      path,
      organizationId: fc.constantFrom(null, 'o'),
    }),
    { maxLength: 3 },
  ),
});

describe('who sees a course', () => {
  it('is the same in the list and one by one', () => {
    const courses = fc.record({
      path,
      state: fc.constantFrom('draft' as const, 'published' as const, 'withdrawn' as const),
      isPublic: fc.boolean(),
    });
    fc.assert(
      fc.property(actors, fc.array(path, { maxLength: 2 }), courses, (actor, places, course) => {
        const listed =
          courseSubtrees(actor).some((subtree) => course.path.startsWith(subtree)) ||
          (course.state === 'published' &&
            (course.isPublic || coursePlacesAbove(actor, places).includes(course.path)));
        expect(listed).toBe(maySeeCourse(actor, places, course));
      }),
    );
  });

  it('climbs the tree by whole places', () => {
    expect(placesAbove('/41/4114/411426/')).toEqual(['/41/', '/41/4114/', '/41/4114/411426/']);
  });
});
