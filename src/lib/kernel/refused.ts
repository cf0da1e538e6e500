/**
 * A rule said no. Known to no framework: `src/lib/server/form.ts` turns it into a form failure, a JSON
 * error or an error page, with the sentence that the feature's `copy.ts` gives for the code.
 */
export class Refused extends Error {
  readonly code: string;
  readonly status: RefusalStatus;
  readonly detail: RefusalDetail;

  constructor(code: string, status: RefusalStatus, sentence: string, detail: RefusalDetail) {
    super(sentence);
    this.name = 'Refused';
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** 400 cannot be read · 403 may not · 404 not yours to see · 409 not now · 413 too large · 429 too often. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429;

export type RefusalDetail = Record<string, string | number | boolean | null | string[]>;

/** What a code says: a status and a sentence, the sentence perhaps made from the detail. */
export type RefusalSentence = readonly [RefusalStatus, string | ((detail: RefusalDetail) => string)];

/**
 * Binds a feature's table of sentences to a function that makes its refusals, so that a code without a
 * sentence does not compile: `throw refuse('exam_not_open', { opensAt })`.
 */
export function refuser<Code extends string>(sentences: Record<Code, RefusalSentence>) {
  return function refuse(code: Code, detail: RefusalDetail = {}): Refused {
    const [status, sentence] = sentences[code];
    return new Refused(code, status, typeof sentence === 'string' ? sentence : sentence(detail), detail);
  };
}
