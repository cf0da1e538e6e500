/** One line of a bench: what was measured, and how near it is to what the bare parts do in the same run. */
export type Figure = {
  figure: string;
  value: number;
  unit: '1/s' | 'ms' | 's' | 'KB' | 'percent' | 'count';
  /** What the bare parts reached; null where there is no such limit. */
  limit: number | null;
};

/** Measures, prints each figure as soon as it is known, and answers what went wrong: lost, refused, untrue. */
export type Bench = (print: (figure: Figure) => void) => Promise<string[]>;

/** `ratio` is value ÷ limit: for a rate at most about 1, for a time at least about 1. */
export function printFigure(bench: string, { figure, value, unit, limit }: Figure): void {
  const ratio = limit === null ? null : rounded(value / limit, 3);
  const line = {
    bench,
    figure,
    value: rounded(value, 1),
    unit,
    limit: limit === null ? null : rounded(limit, 1),
    ratio,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Progress, for whoever watches. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function rounded(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}

/** The value below which `share` (0–1) of the values lie; of nothing it is NaN. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
