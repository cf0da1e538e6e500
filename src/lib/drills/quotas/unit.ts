export const UNIT_CLASSES = [
  'county',
  'department',
  'township',
  'village',
  'plan_owner',
  'enterprise',
  'enterprise_risky',
] as const;
/** What rules ask for. A unit may be several: a township that keeps plans is also a plan owner. */
export type UnitClass = (typeof UNIT_CLASSES)[number];

/** What a bureau adds by hand. */
export const TRAITS = ['plan_owner', 'enterprise_risky'] as const;
export type Trait = (typeof TRAITS)[number];

/** A division or an organization as far as drill rules go. */
export type Unit = { id: string; name: string; path: string; classes: readonly UnitClass[] };

const BY_LEVEL: Readonly<Record<string, UnitClass>> = {
  county: 'county',
  township: 'township',
  village: 'village',
};

/** The classes of a place in the tree; provinces and cities have none of their own here. */
export function classesOfDivision(level: string, traits: readonly Trait[]): UnitClass[] {
  const own = BY_LEVEL[level];
  return [
    ...(own === undefined ? [] : [own]),
    ...(traits.includes('plan_owner') ? (['plan_owner'] as const) : []),
  ];
}

/**
 * The classes of an organization. An enterprise is high-risk by its register or because the bureau says so
 * (a crowded place); it then no longer falls under the rules for enterprises in general.
 */
export function classesOfOrganization(
  organization: { kind: 'government' | 'enterprise'; highRisk: boolean },
  traits: readonly Trait[],
): UnitClass[] {
  const owner: UnitClass[] = traits.includes('plan_owner') ? ['plan_owner'] : [];
  if (organization.kind === 'government') return ['department', ...owner];
  const isRisky = organization.highRisk || traits.includes('enterprise_risky');
  return [isRisky ? 'enterprise_risky' : 'enterprise', ...owner];
}
