import type { Actor } from '#lib/kernel/actor.ts';
import type { OpenSession } from '#lib/server/auth/sessions.ts';

declare global {
  namespace App {
    interface Locals {
      /** Who asks; {@link VISITOR} when nobody is logged in. */
      actor: Actor;
      session: OpenSession | null;
      /** The one reading of the clock in this request: every decision takes it. */
      now: Date;
      requestId: string;
      mustChangePassword: boolean;
    }
    interface Error {
      message: string;
      code: string;
      requestId?: string;
    }
  }
}

export {};
