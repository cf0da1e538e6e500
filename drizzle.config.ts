import { defineConfig } from 'drizzle-kit';

/** Run twice over the same schema: `npm run migration` sets DATABASE_URL for each engine. */
const postgres = /^postgres/.test(process.env.DATABASE_URL ?? '');

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: './src/lib/server/db/schema/*.ts',
  out: postgres ? './drizzle/postgres' : './drizzle/sqlite',
});
