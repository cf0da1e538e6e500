import { inArray } from 'drizzle-orm';
import { SYSTEM, type Actor, type Role } from '#lib/kernel/actor.ts';
import { holdsDemo } from './demo.server.ts';
import { read } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';

export type ShellFacts = {
  name: string;
  roles: Role[];
  /** The places somebody works in, as the head of the page names them. */
  places: string;
  learner: boolean;
  demo: boolean;
};

/** Name, roles and places of whoever is logged in, for the frame around every page. */
export async function readShell(actor: Actor): Promise<ShellFacts> {
  const paths = [...new Set(actor.grants.map((grant) => grant.path))];
  const rows =
    paths.length === 0
      ? []
      : await read((db) =>
          db.select({ name: division.name }).from(division).where(inArray(division.path, paths)),
        );
  return {
    name: actor.name,
    roles: [...new Set(actor.grants.map((grant) => grant.role))],
    places: rows.map((row) => row.name).join('、'),
    learner: actor.personId !== null,
    demo: await holdsDemo(SYSTEM),
  };
}
