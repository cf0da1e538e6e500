import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { answerTasks } from '../worker-side.ts';
import { charactersOf, codeOf, withDrawableOnly } from './glyphs.ts';

/** One document: a template's name or a source, and the values it reads from `sys.inputs`. */
export type TypesetTask = { template: string | null; source: string; inputs: Record<string, string> };
export type Typeset = { pdf: Uint8Array; missing: string[] };

const TEMPLATES = resolve('src/lib/server/typeset/templates');
const FONTS = resolve('node_modules/@expo-google-fonts/noto-sans-sc');
const WEIGHTS = ['400Regular', '500Medium', '700Bold'];
/** Memoised layouts unused for so many documents are let go. */
const CACHE_AGE_MAX = 10;

const compiler = NodeCompiler.create({
  // Sources can read files from here only.
  workspace: TEMPLATES,
  fontArgs: [{ fontPaths: WEIGHTS.map((weight) => resolve(FONTS, weight)) }],
});
const drawn = charactersOf(readFileSync(resolve(FONTS, '400Regular/NotoSansSC_400Regular.ttf')));

class TypesetFault extends Error {
  override readonly name = 'TypesetFault';
}

function typeset({ template, source, inputs }: TypesetTask): Typeset {
  if (source.includes('"@'))
    throw new TypesetFault('packages cannot be imported: the server may have no network');
  const missing = new Set<string>();
  const drawable = (text: string) => {
    const checked = withDrawableOnly(text, drawn);
    for (const character of checked.missing) missing.add(character);
    return checked.text;
  };
  const values = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, drawable(value)]));
  const main =
    template === null
      ? { mainFileContent: drawable(source) }
      : { mainFilePath: resolve(TEMPLATES, template) };
  const compiled = compiler.compile({
    ...main,
    inputs: { ...values, missing: JSON.stringify([...missing].map(codeOf)) },
  });
  const error = compiled.takeError();
  if (error) throw new TypesetFault(messagesOf(error.shortDiagnostics).join('; '));
  const pdf = compiler.pdf(compiled.result!, {});
  compiler.evictCache(CACHE_AGE_MAX);
  return { pdf: new Uint8Array(pdf), missing: [...missing] };
}

function messagesOf(diagnostics: { message: string }[]): string[] {
  return diagnostics.map((diagnostic) => diagnostic.message);
}

answerTasks(typeset);
