import { closeDatabase, migrateDatabase } from '#lib/server/db/open.ts';

await migrateDatabase();
await closeDatabase();
