import { warmWorker } from '../warm-worker.ts';
import type { Typeset, TypesetTask } from './typeset-worker.ts';

const setInWorker = warmWorker<TypesetTask, Typeset>({
  file: 'src/lib/server/typeset/typeset-worker.ts',
  secondsMax: 60,
  tasksMax: 2000,
  memoryMegabytesMax: 512,
});

/** The `.typ` files in `templates/`; each says at its top which values it reads. */
export type TemplateName =
  | 'certificate'
  | 'card-sheet'
  | 'sign-sheet'
  | 'personal-record'
  | 'notice'
  | 'plan-cards'
  | 'plan-handbook'
  | 'plan-contacts'
  | 'drill-report';

/**
 * Sets a Typst source as a PDF in Noto Sans SC, in a worker thread. Values go in as `inputs` and are read
 * with `sys.inputs`: never splice a person's words into the source. Fails with Typst's own message, also
 * when the source imports a package (the server may have no network) or takes longer than a minute.
 * A character that the font lacks is set as its code in brackets, `[U+2B810]`, never as an empty box.
 */
export async function typeset(source: string, inputs: Record<string, string> = {}): Promise<Uint8Array> {
  const { pdf } = await setInWorker({ template: null, source, inputs });
  return pdf;
}

/**
 * Sets one of our templates with one value, which it reads as JSON. `missing` are the characters that had
 * to be set as codes; the template says so at its foot.
 */
export async function typesetTemplate(
  template: TemplateName,
  value: Readonly<Record<string, unknown>>,
): Promise<{ pdf: Uint8Array; missing: string[] }> {
  return await setInWorker({
    template: `${template}.typ`,
    source: '',
    inputs: { value: JSON.stringify(value, wellFormed) },
  });
}

/** Half a surrogate pair, as a damaged spreadsheet may hold, is not JSON that Typst reads. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
