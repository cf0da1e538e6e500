/** How an exam went as a whole. Rates are of persons: 到考率 = sat ÷ candidates, 合格率 = passed ÷ sat. */
export type Statistics = {
  candidates: number;
  sat: number;
  passed: number;
  failed: number;
  absent: number;
  underWay: number;
  /** In tenths of a point; null when nobody has a score. */
  averageTenths: number | null;
  highest: number | null;
  lowest: number | null;
  /** Persons by fifths of the total, the lowest first. */
  bands: { from: number; to: number; people: number }[];
};

const BANDS = 5;

export function statisticsOf(
  rows: readonly { outcome: string; score: number | null }[],
  { totalScore }: { totalScore: number },
): Statistics {
  const scores = rows.flatMap((row) => (row.score === null ? [] : [row.score]));
  const outcome = (name: string) => rows.filter((row) => row.outcome === name).length;
  const edge = (band: number) => Math.ceil((totalScore * band) / BANDS);
  const bands = Array.from({ length: BANDS }, (_, band) => {
    const isLast = band === BANDS - 1;
    const from = edge(band);
    const to = isLast ? totalScore : edge(band + 1) - 1;
    return { from, to, people: scores.filter((score) => score >= from && score <= to).length };
  });
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    candidates: rows.length,
    sat: outcome('passed') + outcome('failed') + outcome('under_way'),
    passed: outcome('passed'),
    failed: outcome('failed'),
    absent: outcome('absent'),
    underWay: outcome('under_way'),
    averageTenths: scores.length === 0 ? null : Math.round((sum * 10) / scores.length),
    highest: scores.length === 0 ? null : Math.max(...scores),
    lowest: scores.length === 0 ? null : Math.min(...scores),
    bands,
  };
}
