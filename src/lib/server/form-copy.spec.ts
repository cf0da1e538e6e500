import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { faultSentence, formSentence } from './form-copy.ts';

const choice = v.picklist(['am', 'pm']);

/** What the schema says about a value when nothing else was written for it. */
function saidAbout(schema: v.GenericSchema, value: unknown): string[] {
  const { issues } = v.safeParse(schema, value);
  return (issues ?? []).map((issue) => faultSentence(issue));
}

describe('faultSentence', () => {
  it('has Chinese for everything our forms ask, a field that was not sent included', () => {
    const asked: [v.GenericSchema, unknown][] = [
      [v.object({ role: choice }), {}],
      [v.object({ role: choice }), { role: 'never' }],
      [v.object({ name: v.string() }), {}],
      [v.pipe(v.string(), v.minLength(1)), ''],
      [v.pipe(v.string(), v.minLength(4)), 'abc'],
      [v.pipe(v.string(), v.maxLength(3)), 'abcd'],
      [v.pipe(v.array(v.string()), v.minLength(1)), []],
      [v.pipe(v.number(), v.integer()), 1.5],
      [v.pipe(v.number(), v.minValue(1)), 0],
      [v.pipe(v.number(), v.maxValue(1)), 2],
      [v.number(), 'seven'],
      [v.pipe(v.string(), v.regex(/^\d+$/)), 'x'],
      [
        v.pipe(
          v.string(),
          v.check(() => false),
        ),
        'x',
      ],
      [v.file(), 'no file'],
    ];
    for (const [schema, value] of asked) {
      const said = saidAbout(schema, value);
      expect(said).not.toEqual([]);
      for (const sentence of said) expect(sentence).toMatch(/^[^A-Za-z]+。$/u);
    }
  });

  it('takes a field left empty for one not filled in, whatever form it asks for', () => {
    const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));
    expect(saidAbout(day, '')).toEqual(['请填写这一项。']);
    expect(saidAbout(day, '3月5日')).toEqual(['格式不对，请检查后重新填写。']);
  });

  it('names the limit', () => {
    expect(saidAbout(v.pipe(v.string(), v.maxLength(200)), '长'.repeat(201))).toEqual([
      '请控制在200个字以内。',
    ]);
  });
});

describe('formSentence', () => {
  it('says the one fault, and counts several', () => {
    expect(formSentence({ reason: '请填写理由。' })).toBe('有一处没有填好：请填写理由。');
    expect(formSentence({ from: '请填日期。', to: '请填日期。' })).toBe('有2处没有填好，请改好后再次提交。');
  });
});
