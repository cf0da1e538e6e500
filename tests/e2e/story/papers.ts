import ExcelJS from 'exceljs';
import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Download, Page } from '@playwright/test';
import { expect } from '../harness/test.ts';
import { unzip } from '#lib/server/sheets/zip.ts';

const UNPACKED_BYTES_MAX = 20_000_000;

/** Presses something that downloads, and answers the file. */
export async function download(page: Page, press: () => Promise<void>): Promise<Paper> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return await Paper.of(file);
}

/** A file that came from the server, as the program that opens it sees it. */
export class Paper {
  readonly name: string;
  readonly bytes: Buffer;

  constructor(name: string, bytes: Buffer) {
    this.name = name;
    this.bytes = bytes;
  }

  static async of(file: Download): Promise<Paper> {
    return new Paper(file.suggestedFilename(), await readFile(await file.path()));
  }

  /** The cells of the first sheet as text, row by row; row 1 is the first. */
  async rows(): Promise<string[][]> {
    expect(this.name).toMatch(/\.xlsx$/);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(this.bytes as unknown as ArrayBuffer);
    const rows: string[][] = [];
    book.worksheets[0]!.eachRow((row, at) => {
      const cells: string[] = [];
      row.eachCell((cell, column) => (cells[column - 1] = cell.text));
      rows[at - 1] = cells;
    });
    return rows;
  }

  /** The text of a .docx. */
  async letter(): Promise<string> {
    expect(this.name).toMatch(/\.docx$/);
    const { entries } = unzip(this.bytes, UNPACKED_BYTES_MAX);
    return entries
      .get('word/document.xml')!
      .toString('utf8')
      .replace(/<[^>]+>/g, '');
  }

  /** The text of a PDF, spaces and line breaks left out. */
  async printed(): Promise<string> {
    expect(this.bytes.subarray(0, 4).toString('latin1')).toBe('%PDF');
    const pdf = await getDocument({ data: new Uint8Array(this.bytes), verbosity: 0 }).promise;
    let text = '';
    for (let at = 1; at <= pdf.numPages; at += 1) {
      const { items } = await (await pdf.getPage(at)).getTextContent();
      text += items.map((item) => ('str' in item ? item.str : '')).join('');
    }
    await pdf.destroy();
    return text.replace(/\s/g, '');
  }
}
