import { inArray } from 'drizzle-orm';
import { RESTORING } from '#lib/server/backup.ts';
import { read } from '#lib/server/db/open.ts';
import { fact } from '#lib/server/db/schema/platform.ts';
import { INSTALLATION_FAULTS } from '#lib/server/installation-copy.ts';
import { keysFingerprint, sealFingerprint } from '#lib/server/keys.ts';
import { SettingsError, type Settings } from '#lib/server/settings.ts';

export type InstallationFault = keyof typeof INSTALLATION_FAULTS;

/** Why this database must not be used as it is; pure. */
export function installationFault(
  facts: Readonly<Record<string, string>>,
  now: { fingerprint: string; seal: string; demoAllowed: boolean },
): InstallationFault | null {
  if (RESTORING in facts) return 'restore_cut_off';
  if (facts.keys !== undefined && facts.keys !== now.fingerprint) return 'keys_foreign';
  // With another sealing key every sealed drill would look like an empty slot, and be overwritten.
  if (facts.seal_key !== undefined && facts.seal_key !== now.seal) return 'keys_foreign';
  if ('demo' in facts && !now.demoAllowed) return 'demo_in_real';
  return null;
}

/**
 * Refuses to go on with a half-restored database, with keys that are not this database's (ID numbers
 * would be unreadable and new ones written with another key), or with demo data where none may be.
 */
export async function demandSoundInstallation({ demo }: Settings): Promise<void> {
  const rows = await read((db) =>
    db
      .select()
      .from(fact)
      .where(inArray(fact.key, [RESTORING, 'keys', 'seal_key', 'demo'])),
  );
  const facts = Object.fromEntries(rows.map((row) => [row.key, row.value]));
  const fault = installationFault(facts, {
    fingerprint: keysFingerprint(),
    seal: sealFingerprint(),
    demoAllowed: demo,
  });
  if (fault) throw new SettingsError(INSTALLATION_FAULTS[fault]);
}
