import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/kernel/day.ts';
import { isCreditCode } from './credit-code.ts';
import {
  idBirthOn,
  idCheckCharacter,
  idFrom15,
  idNumberFaults,
  idSex,
  maskedIdNumber,
  withoutIdNumbers,
} from './id-number.ts';

const AS_OF = '2026-03-16';
const days = fc.integer({ min: 0, max: 45_000 }).map((count) => addDays('1900-01-01', count));
const numbers = fc
  .tuple(days, fc.integer({ min: 0, max: 999 }))
  .map(([day, sequence]) => `410000${day.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`)
  .map((seventeen) => seventeen + idCheckCharacter(seventeen));

describe('ID numbers', () => {
  it.each([
    '11010519491231002X',
    '440524188001010014',
    '410000199001010014',
    '410000198506150026',
    '410000200002290033',
    '41000019900101009X',
  ])('%s is right', (id) => {
    expect(idNumberFaults(id, AS_OF)).toEqual([]);
  });

  it('names every fault', () => {
    expect(idNumberFaults('41000019607201279', AS_OF)).toEqual(['id_length']);
    expect(idNumberFaults('', AS_OF)).toEqual(['id_length']);
    expect(idNumberFaults('41000019900101001A', AS_OF)).toEqual(['id_checksum']);
    expect(idNumberFaults('410000198812258045', AS_OF)).toEqual(['id_checksum']);
    expect(idNumberFaults('410000199002302158', AS_OF)).toEqual(['id_birth_date']);
    expect(idNumberFaults('410000199002302159', AS_OF)).toEqual(['id_checksum', 'id_birth_date']);
    expect(idNumberFaults('410000630231049', AS_OF)).toEqual(['id_birth_date']);
  });

  it('refuses a birth after the day of the report, and takes one on it', () => {
    const seventeen = '41000020260316001';
    const id = seventeen + idCheckCharacter(seventeen);
    expect(idNumberFaults(id, '2026-03-16')).toEqual([]);
    expect(idNumberFaults(id, '2026-03-15')).toEqual(['id_birth_date']);
  });

  it('makes eighteen of fifteen', () => {
    expect(idFrom15('410000630120491')).toBe('410000196301204917');
    expect(idFrom15('410000680130544')).toBe('41000019680130544X');
    expect(idNumberFaults('410000630120491', AS_OF)).toEqual([]);
  });

  it('reads birth and sex, masks the middle', () => {
    expect(idBirthOn('410000198506150026')).toBe('1985-06-15');
    expect(idSex('410000198506150026')).toBe('female');
    expect(idSex('410000199001010014')).toBe('male');
    expect(maskedIdNumber('41000019900101009X')).toBe('410000****009X');
  });

  it('catches any one digit typed wrongly', () => {
    fc.assert(
      fc.property(numbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
        const digit = (Number(id[at]) + by) % 10;
        const typed = id.slice(0, at) + digit + id.slice(at + 1);
        expect(idNumberFaults(id, '2026-03-16')).toEqual([]);
        expect(idNumberFaults(typed, '2026-03-16')).toContain('id_checksum');
      }),
    );
  });

  it('catches two neighbours swapped', () => {
    fc.assert(
      fc.property(numbers, fc.nat(15), (id, at) => {
        const swapped = id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2);
        expect(idNumberFaults(swapped, AS_OF).includes('id_checksum')).toBe(swapped !== id);
      }),
    );
  });

  it('gives the same person for the old and the new number', () => {
    fc.assert(
      fc.property(numbers, (id) => {
        fc.pre(id.slice(6, 8) === '19');
        expect(idFrom15(id.slice(0, 6) + id.slice(8, 17))).toBe(id);
      }),
    );
  });
});

describe('credit codes', () => {
  it('checks the last character', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
    expect(isCreditCode('91350100M000100Y44')).toBe(false);
    expect(isCreditCode('91410000000000000J')).toBe(true);
  });

  it('takes no letter outside the alphabet, no other length', () => {
    expect(isCreditCode('9135O100M000100Y43')).toBe(false);
    expect(isCreditCode('91350100M000100Y4')).toBe(false);
    expect(isCreditCode('')).toBe(false);
  });

  it('catches any one character typed wrongly', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    fc.assert(
      fc.property(fc.nat(17), fc.integer({ min: 1, max: 30 }), (at, by) => {
        const code = '91350100M000100Y43';
        const other = alphabet[(alphabet.indexOf(code[at]!) + by) % 31]!;
        expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
      }),
    );
  });
});

describe('withoutIdNumbers', () => {
  it('masks numbers inside other text and leaves the rest alone', () => {
    expect(withoutIdNumbers('T410000196707059035 与本人不一致')).toBe('T410000****9035 与本人不一致');
    expect(withoutIdNumbers('41000019900101009x')).toBe('410000****009x');
    expect(withoutIdNumbers('豫安知字2024A0203，16900000001')).toBe('豫安知字2024A0203，16900000001');
  });
});
