import { indexOf, receiversOf } from '../scripts/script-index.ts';
import type { Script } from '../scripts/script.ts';
import type { Entry } from './run-log.ts';

/**
 * 拉动: how fast a unit answered the alarm. In real time, whatever the exercise clock did meanwhile: people
 * run no faster at double speed. The alarm is the first inject of kind `alarm` that reached a role; in a
 * script without one, the first inject at all.
 */

/** A role and how long after its alarm it answered. All times are milliseconds; null: never. */
export type RoleTurnout = {
  role: string;
  unit: string;
  /** Who sat there, or said to have answered. */
  person: string;
  alarmed: boolean;
  acknowledgedMs: number | null;
  presentMs: number | null;
  reportedMs: number | null;
  /** As last reported present; null: no number was. */
  people: number | null;
};

export type UnitTurnout = {
  unit: string;
  acknowledgedMs: number | null;
  presentMs: number | null;
  reportedMs: number | null;
  people: number | null;
  /** Roles that acknowledged or reported present, of those that were alarmed: 到岗率. */
  answered: number;
  alarmed: number;
};

export type Turnout = { units: UnitTurnout[]; roles: RoleTurnout[] };

type Seats = readonly { id: string; name: string }[];

/** Reads the turnout from the log of a run, as far as it goes. Units and roles in the script's order. */
export function turnoutOf(script: Script, entries: readonly Entry[], seats: Seats): Turnout {
  const units = new Map(script.orgs.map(({ id, name }) => [id, name]));
  const roles = script.roles
    .filter(({ group }) => group === 'player')
    .map((role) => ({
      ...{ role: role.name, unit: units.get(role.org ?? '') ?? '' },
      ...answersOf(role.id, script, entries, seats),
    }));
  const names = [...new Set(roles.map(({ unit }) => unit))];
  return {
    roles,
    units: names.map((unit) =>
      unitOf(
        unit,
        roles.filter((one) => one.unit === unit),
      ),
    ),
  };
}

function unitOf(unit: string, roles: readonly RoleTurnout[]): UnitTurnout {
  const counted = roles.flatMap(({ people }) => people ?? []);
  const alarmed = roles.filter((role) => role.alarmed);
  return {
    unit,
    acknowledgedMs: first(roles.map((role) => role.acknowledgedMs)),
    presentMs: first(roles.map((role) => role.presentMs)),
    reportedMs: first(roles.map((role) => role.reportedMs)),
    people: counted.length > 0 ? counted.reduce((sum, people) => sum + people, 0) : null,
    answered: alarmed.filter(({ acknowledgedMs, presentMs }) => acknowledgedMs !== null || presentMs !== null)
      .length,
    alarmed: alarmed.length,
  };
}

function first(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function answersOf(
  role: string,
  script: Script,
  entries: readonly Entry[],
  seats: Seats,
): Omit<RoleTurnout, 'role' | 'unit'> {
  const alarm = alarmOf(role, script, entries);
  const own = entries.filter((entry) => entry.role === role && alarm !== null && entry.seq > alarm.seq);
  const after = (entry: Entry | undefined) => (entry && alarm ? entry.wallMs - alarm.wallMs : null);
  const acknowledged = own.find(({ body }) => body.kind === 'acknowledged' && body.inject === alarm?.inject);
  const present = own.filter(({ body }) => body.kind === 'present');
  const last = present.at(-1)?.body;
  const said = acknowledged?.body.kind === 'acknowledged' ? acknowledged.body.answeredBy : '';
  const seat = (acknowledged ?? present[0])?.seat;
  return {
    person: said || (seats.find(({ id }) => id === seat)?.name ?? ''),
    alarmed: alarm !== null,
    acknowledgedMs: after(acknowledged),
    presentMs: after(present[0]),
    reportedMs: after(firstReport(own, script)),
    people: last?.kind === 'present' ? last.people : null,
  };
}

type Alarm = { inject: string; seq: number; wallMs: number };

function alarmOf(role: string, script: Script, entries: readonly Entry[]): Alarm | null {
  const index = indexOf(script);
  const hasAlarm = script.injects.some(({ kind }) => kind === 'alarm');
  for (const { body, seq, wallMs } of entries) {
    if (body.kind !== 'fact' || body.fact.type !== 'inject_released') continue;
    const inject = index.injects.get(body.fact.inject);
    if (!inject || (hasAlarm && inject.kind !== 'alarm')) continue;
    if (receiversOf(inject, index).some(({ id }) => id === role)) return { inject: inject.id, seq, wallMs };
  }
  return null;
}

/** The first report as a document; where the script has no such document, the first message. */
function firstReport(own: readonly Entry[], script: Script): Entry | undefined {
  const reports = new Set(script.documents.filter(({ kind }) => kind === 'first_report').map(({ id }) => id));
  return own.find(({ body }) =>
    reports.size > 0 ? body.kind === 'document' && reports.has(body.document) : body.kind === 'message',
  );
}
