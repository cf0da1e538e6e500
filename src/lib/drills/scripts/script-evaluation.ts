import * as v from 'valibot';
import { id, ids, share, text, title } from './script-fields.ts';

/** How a run of the script is judged: sheets after a standard, weights, grades. All of it data, replaceable. */

export const SHEET_KINDS = ['preparation', 'conduct', 'tabletop', 'self_review', 'expert'] as const;
export const SCALES = ['yes_no', 'fit', 'points', 'psmu'] as const;
export const METHODS = ['observe', 'records', 'timing', 'ask', 'questionnaire', 'documents'] as const;

const sheetItemSchema = v.strictObject({
  id,
  /** As in the standard: 1.7. */
  code: text(20),
  indicator: v.pipe(text(500), v.minLength(1, 'empty')),
  weight: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  scale: v.picklist(SCALES),
  method: v.picklist(METHODS),
  /** Expected actions whose outcome is the objective half. */
  expectations: v.optional(ids),
  /** How much of the item the objective half makes, when both halves exist. */
  objectiveShare: v.optional(share),
  veto: v.optional(v.boolean()),
  /** Whose doing it judges; the control group's faults never lower a unit's grade. */
  judges: v.optional(v.picklist(['unit', 'control'])),
  clause: v.optional(id),
});

const sheetSchema = v.strictObject({
  id,
  kind: v.picklist(SHEET_KINDS),
  title,
  /** The standard it follows, and how surely. */
  basis: title,
  categories: v.pipe(
    v.array(
      v.strictObject({
        id,
        title,
        weight: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
        items: v.pipe(v.array(sheetItemSchema), v.minLength(1)),
      }),
    ),
    v.minLength(1),
  ),
});

export const evaluationSchema = v.strictObject({
  sheets: v.pipe(v.array(sheetSchema), v.minLength(1, 'no_sheet')),
  /** Grades from the best down; the last should begin at 0. */
  grades: v.pipe(
    v.array(v.strictObject({ name: title, min: v.pipe(v.number(), v.minValue(0), v.maxValue(100)) })),
    v.minLength(2),
  ),
  /** The grade a veto leads to, by name. */
  vetoGrade: title,
  minCoverage: share,
  dispersionAlert: share,
});

export type Evaluation = v.InferOutput<typeof evaluationSchema>;
export type Sheet = Evaluation['sheets'][number];
export type SheetItem = Sheet['categories'][number]['items'][number];
