import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unpackInto } from './unpack.ts';

/**
 * The browsers of the tests, as npm packages, so that a machine without root, without a display and
 * without downloads from elsewhere runs them. What they need beside the C library comes with them: NSS
 * from the packages' own archives, Chinese from the npm Noto font. Linux on x64 only; elsewhere
 * Playwright's own browser is used (`npx playwright install chromium`).
 */
export type TestBrowser = { executablePath: string; env: Record<string, string>; args: string[] };

type Packed = {
  package: string;
  archives: readonly string[];
  /** Folder of the libraries that came with it. */
  libraries: string;
  args: string[];
};

/** Today's Chromium. */
const NEW: Packed = {
  package: '@sparticuz/chromium',
  archives: ['chromium.br', 'al2023.tar.br'],
  libraries: 'al2023/lib',
  args: ['--font-render-hinting=none', '--disable-gpu'],
};

/** Chromium 102, the floor (docs/deployment.md). */
const OLD: Packed = {
  package: '@sparticuz/chrome-aws-lambda',
  archives: ['chromium.br', 'aws.tar.br'],
  libraries: 'aws/lib',
  args: ['--headless', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
};

const FONTS = 'node_modules/@expo-google-fonts/noto-sans-sc';

export function prepareBrowser(): Promise<TestBrowser | null> {
  return prepare(NEW);
}

export function prepareOldBrowser(): Promise<TestBrowser | null> {
  return prepare(OLD);
}

async function prepare(packed: Packed): Promise<TestBrowser | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const from = join('node_modules', packed.package);
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  const folder = resolve('.cache', `${packed.package.replace('/', '-')}-${version}`);
  await unpackInto(
    folder,
    packed.archives.map((archive) => join(from, 'bin', archive)),
  );
  return {
    executablePath: join(folder, 'chromium'),
    args: packed.args,
    env: {
      ...inherited(),
      LD_LIBRARY_PATH: join(folder, packed.libraries),
      FONTCONFIG_FILE: writeFontConfig(folder),
    },
  };
}

/** The environment of this process as others take it. */
export function inherited(): Record<string, string> {
  const set = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(set);
}

/** Only our fonts, so that a screenshot looks the same on every machine. */
function writeFontConfig(folder: string): string {
  const file = join(folder, 'fonts.conf');
  const weights = ['400Regular', '500Medium', '700Bold'].map((weight) => resolve(FONTS, weight));
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${weights.map((path) => `  <dir>${path}</dir>`).join('\n')}
  <cachedir>${join(folder, 'font-cache')}</cachedir>
  <match><edit name="family" mode="append"><string>Noto Sans SC</string></edit></match>
</fontconfig>
`,
  );
  return file;
}
