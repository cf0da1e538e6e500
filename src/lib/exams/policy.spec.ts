import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { examScope, mayEnterExams, mayKeepExam, mayWatchExam } from './policy.ts';

const path = fc.constantFrom(
  '/41/',
  '/41/4114/',
  '/41/4114/411426/',
  '/41/4114/411426/411426101/',
  '/41/4110/',
);
const actors: fc.Arbitrary<Actor> = fc.record({
  accountId: fc.constantFrom('a', null),
  personId: fc.constant(null),
  name: fc.constant('某人'),
  grants: fc.array(
    fc.record({
      role: fc.constantFrom(
        'bureau' as const,
        'exam_officer' as const,
        'invigilator' as const,
        'township_officer' as const,
      ),
      path,
      organizationId: fc.constantFrom(null, 'o'),
    }),
    { maxLength: 3 },
  ),
});
const exams = fc.record({ path, invigilators: fc.constantFrom<string[]>([], ['a'], ['b'], ['a', 'b']) });

describe('who watches an exam', () => {
  it('is the same in the list and one by one', () => {
    fc.assert(
      fc.property(actors, exams, (actor, exam) => {
        const { kept, assigned } = examScope(actor);
        const within = (roots: readonly string[]) => roots.some((root) => exam.path.startsWith(root));
        const listed =
          within(kept) ||
          (assigned !== null && within(assigned.subtrees) && exam.invigilators.includes(assigned.accountId));
        expect(listed).toBe(mayWatchExam(actor, exam));
      }),
    );
  });

  it('is whoever keeps it, and of the others only those assigned to it', () => {
    fc.assert(
      fc.property(actors, exams, (actor, exam) => {
        const assigned = exam.invigilators.includes(actor.accountId ?? '');
        const keeps = mayKeepExam(actor, exam.path);
        const watches = mayWatchExam(actor, exam);
        expect(watches && !keeps && !assigned).toBe(false);
        expect(keeps && !watches).toBe(false);
        expect(watches && !mayEnterExams(actor)).toBe(false);
      }),
    );
  });

  it('shows an invigilator nothing by the place alone', () => {
    const grants = [{ role: 'invigilator' as const, path: '/41/4114/', organizationId: null }];
    const actor: Actor = { accountId: 'a', personId: null, name: '', grants };
    const county = '/41/4114/411426/';
    expect(mayWatchExam(actor, { path: county, invigilators: ['b'] })).toBe(false);
    expect(mayWatchExam(actor, { path: county, invigilators: ['a'] })).toBe(true);
    expect(mayWatchExam(actor, { path: '/41/4110/', invigilators: ['a'] })).toBe(false);
  });
});
