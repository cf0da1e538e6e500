/** The load of a province's drill day: three rooms full of people, two things a second in each. */
export const ROOMS = 3;
export const VIEWERS = 150;
export const PER_SECOND = 2;
export const SECONDS = 300;
/** Runs that merely wait, clocks running. */
export const QUIET_RUNS = 50;
export const QUIET_SECONDS = 30;

export type Room = { runId: string; director: string; viewers: string[]; injects: string[] };
export type World = { rooms: Room[]; quiet: { runId: string; director: string }[]; seconds: number };

export type RoomsPlan = { port: number; rooms: Room[]; perSecond: number; seconds: number; retryMs: number };
export type RoomsResult = {
  /** From the director's press to each screen, milliseconds. */
  milliseconds: number[];
  missed: number;
  doubled: number;
  released: number;
  reconnects: number;
  faults: string[];
};
