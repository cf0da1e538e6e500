/** What the operator got wrong; printed as it is, exit status 2. */
export class UsageError extends Error {}

export type Arguments = { words: string[]; options: Record<string, string | true> };

const FLAGS = new Set(['dry-run', 'json', 'help']);

/** Words and `--options` of a command line; an unknown flag without a value is a usage error. */
export function readArguments(argv: readonly string[]): Arguments {
  const words: string[] = [];
  const options: Record<string, string | true> = {};
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index]!;
    if (!word.startsWith('--')) {
      words.push(word);
      continue;
    }
    const [name, inline] = word.slice(2).split('=', 2) as [string, string | undefined];
    if (FLAGS.has(name)) options[name] = true;
    else {
      const value = inline ?? argv[(index += 1)];
      if (value === undefined) throw new UsageError(`--${name} 后面缺少内容 / --${name} needs a value`);
      options[name] = value;
    }
  }
  return { words, options };
}

export function needed(args: Arguments, option: string): string {
  const value = args.options[option];
  if (typeof value !== 'string') throw new UsageError(`缺少 --${option} / missing --${option}`);
  return value;
}
