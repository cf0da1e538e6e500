import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  DocumentGridType,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import { dayText } from '#lib/kernel/day.ts';
import { answerTasks } from '../worker-side.ts';
import { ATTACHMENT_LABEL, COLON, FACES } from './letter-words.ts';
import type { Letter, LetterParagraph, LetterTable } from './letter.ts';

/** Sizes in half points: 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt. */
const TITLE_SIZE = 44;
const BODY_SIZE = 32;
const NUMBER_SIZE = 28;
const TABLE_SIZE = 24;
/** 小初 36 pt: a name on a table, read from the other side of it. */
const SIGN_SIZE = 72;
/** Twentieths of a point: 28 pt a line, 16 pt a character. */
const LINE = 560;
const CHARACTER = 320;
/** Between the edges of the text: 156 mm. */
const TEXT_WIDTH = convertMillimetersToTwip(156);
/** Squeezes 28 characters of 16 pt into 156 mm, in 4096ths of a point. */
const CHARACTER_SQUEEZE = -849;
/** The seal needs three blank lines above the name of its unit. */
const SEAL_LINES = 3;

type Face = keyof typeof FACES;

/** What XML cannot hold, as a damaged spreadsheet may bring it. */
// oxlint-disable-next-line no-control-regex -- these are the characters meant
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function run(text: string, size = BODY_SIZE, face: Face = 'body'): TextRun {
  const { name } = FACES[face];
  return new TextRun({
    text: text.toWellFormed().replace(UNWRITABLE, ''),
    size,

    font: { ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: 'eastAsia' },
  });
}

function line(children: TextRun[], options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ spacing: { line: LINE, lineRule: LineRuleType.EXACT }, ...options, children });
}

function bodyLine(paragraph: LetterParagraph): Paragraph {
  const indent = { firstLine: 2 * CHARACTER };
  if (typeof paragraph === 'string') return line([run(paragraph)], { indent, alignment: AlignmentType.BOTH });
  const face = paragraph.level === 1 ? 'heading' : 'subheading';
  return line([run(paragraph.text, BODY_SIZE, face)], { indent, keepNext: true });
}

function attachmentLines(titles: readonly string[]): Paragraph[] {
  if (titles.length === 0) return [];
  const numbered = titles.length > 1;
  const lines = titles.map((title, index) => {
    const label = index === 0 ? ATTACHMENT_LABEL : '';
    const number = numbered ? `${index + 1}. ` : '';
    // The first line hangs after “附件：”; the others stand under its text.
    return line([run(`${label}${number}${title}`)], { indent: { left: (index === 0 ? 2 : 5) * CHARACTER } });
  });
  return [line([]), ...lines];
}

/** Widths in characters of 16 pt: a digit takes half of one. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (/[\u0020-\u007e]/.test(character) ? 0.5 : 1), 0);
}

/** The day four characters from the right edge, the unit centred above it, room for the seal. */
function signatureLines(signer: string, day: string): Paragraph[] {
  const dayLine = dayText(day);
  const signerRight = Math.max(0, 4 + (widthOf(dayLine) - widthOf(signer)) / 2);
  const right = (characters: number) => ({
    alignment: AlignmentType.RIGHT,
    indent: { right: Math.round(characters * CHARACTER) },
  });
  const blank = Array.from({ length: SEAL_LINES }, () => line([], { keepNext: true }));
  return [
    ...blank,
    line([run(signer)], { ...right(signerRight), keepNext: true }),
    line([run(dayLine)], right(4)),
  ];
}

const EDGE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };

function cell(
  text: string,
  width: number,
  align: 'left' | 'center' | 'right',
  heading: boolean,
  size = TABLE_SIZE,
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    borders: { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE },
    margins: { left: 60, right: 60, top: 30, bottom: 30 },
    children: [
      new Paragraph({
        alignment: align,
        keepNext: heading,
        spacing: { line: 340, lineRule: LineRuleType.AT_LEAST },
        children: [run(text, size, heading || size === SIGN_SIZE ? 'heading' : 'body')],
      }),
    ],
  });
}

function tableParts({ caption, columns, rows, note, big }: LetterTable): (Paragraph | Table)[] {
  const shares = columns.map((column) => column.share ?? 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((TEXT_WIDTH * share) / whole));
  const heading = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map((column, index) => cell(column.heading, widths[index]!, 'center', true)),
  });
  const lines = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: columns.map((column, index) =>
          cell(row[index] ?? '', widths[index]!, column.align ?? 'left', false, big ? SIGN_SIZE : TABLE_SIZE),
        ),
      }),
  );
  return [
    line([run(caption, NUMBER_SIZE, 'heading')], { alignment: AlignmentType.CENTER, keepNext: true }),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      rows: [heading, ...lines],
    }),
    ...(note ? [line([run(note, TABLE_SIZE)])] : []),
  ];
}

/** — 1 —, one character from the outer edge: right on odd pages, left on even ones. */
function footer(side: 'left' | 'right'): Footer {
  const { name } = FACES.number;
  const numbering = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    size: NUMBER_SIZE,
    font: { ascii: name, hAnsi: name, eastAsia: name, cs: name },
  });
  return new Footer({
    children: [new Paragraph({ alignment: side, indent: { [side]: CHARACTER }, children: [numbering] })],
  });
}

function header(mark: string): Header {
  return new Header({
    children: [line([run(mark, NUMBER_SIZE, 'heading')], { alignment: AlignmentType.RIGHT })],
  });
}

function bodyOf(letter: Letter): (Paragraph | Table)[] {
  return [
    line([run(letter.title, TITLE_SIZE, 'title')], {
      alignment: AlignmentType.CENTER,
      spacing: { line: 640, lineRule: LineRuleType.EXACT },
    }),
    line([]),
    ...(letter.to ? [line([run(letter.to + COLON)])] : []),
    ...letter.paragraphs.map(bodyLine),
    ...(letter.tables ?? []).flatMap(tableParts),
    ...attachmentLines(letter.attachments ?? []),
    ...signatureLines(letter.signer, letter.day),
  ];
}

/** Names, for each face, the one to take instead; without it Word falls back to its default face. */
function fontTable(): { path: string; data: string } {
  const fonts = Object.values(FACES).map(
    ({ name, instead }) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>`,
  );
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const data = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${namespace}">${fonts.join('')}</w:fonts>`;
  return { path: 'word/fontTable.xml', data };
}

async function writeLetter(letter: Letter): Promise<Uint8Array> {
  const mm = convertMillimetersToTwip;
  const document = new Document({
    title: letter.title,
    creator: letter.signer,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { size: BODY_SIZE, font: FACES.body.name } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: {
              top: mm(37),
              bottom: mm(35),
              left: mm(28),
              right: mm(26),
              footer: mm(23),
              header: mm(15),
            },
          },
          grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: 579, charSpace: CHARACTER_SQUEEZE },
        },
        footers: { default: footer('right'), even: footer('left') },
        ...(letter.mark ? { headers: { default: header(letter.mark), even: header(letter.mark) } } : {}),
        children: bodyOf(letter),
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document, undefined, [fontTable()]));
}

answerTasks(writeLetter);
