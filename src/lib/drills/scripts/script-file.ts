import { refuse } from '../copy.ts';
import { SCRIPT_SCHEMA } from './script.ts';

/** Deeper than any person writes; deeper input is an attempt to exhaust whoever walks it. */
const DEPTH_MAX = 60;

/**
 * A script file as it was sent; it may have faults the editor shows, but must be a script of this format.
 * Refused: `script_unreadable`, 400.
 */
export function readScriptFile(text: string): Record<string, unknown> {
  const value = parsed(text.replace(/^\ufeff/, ''));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('script_unreadable');
  if (!('schema' in value) || value.schema !== SCRIPT_SCHEMA || isDeep(value))
    throw refuse('script_unreadable');
  return value as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON at all: said like any other file that is no script.
    return null;
  }
}

function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > DEPTH_MAX || Object.values(value).some((part) => isDeep(part, depth + 1));
}
