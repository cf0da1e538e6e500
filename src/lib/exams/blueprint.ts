import {
  DIFFICULTIES,
  QUESTION_TYPES,
  letterOf,
  type Difficulty,
  type QuestionContent,
  type QuestionType,
} from './question.ts';

/** One line of a blueprint: so many questions of a kind, each worth so much. */
export type BlueprintPart = {
  /** 知识点; null: any. */
  topic: string | null;
  type: QuestionType;
  /** Null: any. */
  difficulty: Difficulty | null;
  count: number;
  scoreEach: number;
};

/** What decides whether a question fits a part. */
export type Fitting = { type: QuestionType; topic: string; difficulty: Difficulty };

/** So many questions of the bank that fit alike. */
export type BankGroup = Fitting & { count: number };

export type BankQuestion = QuestionContent & { id: string; version: number };

/** A question as it stands on one candidate's paper, options in that candidate's order. */
export type PaperItem = {
  slot: number;
  questionId: string;
  version: number;
  type: QuestionType;
  stem: string;
  options: string[];
  answer: string;
  score: number;
  topic: string;
  explanation: string;
  basis: string;
};

/** Questions on one paper, and the score it may reach: beyond these a blueprint is a slip of the finger. */
export const QUESTIONS_MAX = 300;
export const SCORE_EACH_MAX = 100;

/** A number in [0, 1): the caller says where chance comes from. */
export type Random = () => number;

export type PartReport = BlueprintPart & {
  /** Questions that fit this part, shared or not. */
  available: number;
  /** Questions missing once every part has taken its share. */
  shortBy: number;
};

export type Feasibility = {
  parts: PartReport[];
  questions: number;
  totalScore: number;
  shortBy: number;
  feasible: boolean;
};

export function fits(part: BlueprintPart, question: Fitting): boolean {
  return (
    part.type === question.type &&
    (part.topic === null || part.topic === question.topic) &&
    (part.difficulty === null || part.difficulty === question.difficulty)
  );
}

export function totalScoreOf(parts: readonly BlueprintPart[]): number {
  return parts.reduce((sum, part) => sum + part.count * part.scoreEach, 0);
}

export function questionCountOf(parts: readonly BlueprintPart[]): number {
  return parts.reduce((sum, part) => sum + part.count, 0);
}

export type BlueprintFault = 'blueprint_empty' | 'part_count_bad' | 'part_score_bad' | 'blueprint_too_long';

/** What is wrong with a blueprint whatever the bank holds. */
export function blueprintFaults(parts: readonly BlueprintPart[]): BlueprintFault[] {
  const whole = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max;
  const faults: BlueprintFault[] = [];
  if (parts.length === 0) faults.push('blueprint_empty');
  if (parts.some((part) => !whole(part.count, QUESTIONS_MAX))) faults.push('part_count_bad');
  if (parts.some((part) => !whole(part.scoreEach, SCORE_EACH_MAX))) faults.push('part_score_bad');
  if (questionCountOf(parts) > QUESTIONS_MAX) faults.push('blueprint_too_long');
  return faults;
}

/**
 * Gives each part its questions, none to two parts: as many as can be given at all. A part that finds
 * nothing free asks the others to let go of one they can replace (augmenting paths), so a complete
 * assignment is found whenever there is one. Answers the indexes of the questions, part by part.
 */
export function assign(parts: readonly BlueprintPart[], bank: readonly Fitting[]): number[][] {
  const eligible = parts.map((part) =>
    bank.flatMap((question, index) => (fits(part, question) ? [index] : [])),
  );
  const owner = new Map<number, number>();
  const nextFree = parts.map(() => 0);

  function takeFree(part: number): boolean {
    const some = eligible[part]!;
    // What was owned once stays owned, by this part or another, so the pointer never goes back.
    while (nextFree[part]! < some.length) {
      const question = some[nextFree[part]!]!;
      nextFree[part]! += 1;
      if (!owner.has(question)) {
        owner.set(question, part);
        return true;
      }
    }
    return false;
  }

  function take(part: number, asked: Set<number>): boolean {
    if (takeFree(part)) return true;
    asked.add(part);
    for (const question of eligible[part]!) {
      const holder = owner.get(question)!;
      if (asked.has(holder) || !take(holder, asked)) continue;
      owner.set(question, part);
      return true;
    }
    return false;
  }

  const room = (part: number) => eligible[part]!.length - parts[part]!.count;
  const scarcestFirst = parts.map((_, part) => part).sort((a, b) => room(a) - room(b));
  for (const part of scarcestFirst)
    for (let taken = 0; taken < parts[part]!.count && take(part, new Set()); taken += 1);

  const given: number[][] = parts.map(() => []);
  for (const [question, part] of owner) given[part]!.push(question);
  return given;
}

/** Whether the bank can fill the blueprint, and where it falls short. */
export function feasibilityOf(parts: readonly BlueprintPart[], groups: readonly BankGroup[]): Feasibility {
  const bank = groups.flatMap((group) => new Array<Fitting>(group.count).fill(group));
  const given = assign(parts, bank);
  const reports = parts.map((part, index) => ({
    ...part,
    available: groups.reduce((sum, group) => sum + (fits(part, group) ? group.count : 0), 0),
    shortBy: part.count - given[index]!.length,
  }));
  const shortBy = reports.reduce((sum, report) => sum + report.shortBy, 0);
  return {
    parts: reports,
    questions: questionCountOf(parts),
    totalScore: totalScoreOf(parts),
    shortBy,
    feasible: shortBy === 0,
  };
}

/** A new array in random order (Fisher–Yates). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}

/** The options in a new order, and where the right letters went. A judgement stays as it is. */
export function withShuffledOptions(
  question: Pick<QuestionContent, 'type' | 'options' | 'answer'>,
  random: Random,
): { options: string[]; answer: string } {
  if (question.type === 'judge') return { options: [], answer: question.answer };
  const order = shuffled(
    question.options.map((_, index) => index),
    random,
  );
  const right = order.flatMap((from, to) => (question.answer.includes(letterOf(from)) ? [letterOf(to)] : []));
  return { options: order.map((from) => question.options[from]!), answer: right.join('') };
}

/**
 * Draws one candidate's paper: exactly the counts of the blueprint, no question twice, grouped 单选, 多选,
 * 判断 and in random order within each. Null when the bank cannot fill it: a paper is never shorter.
 */
export function drawPaper(
  parts: readonly BlueprintPart[],
  bank: readonly BankQuestion[],
  random: Random,
): PaperItem[] | null {
  const mixed = shuffled(bank, random);
  const given = assign(parts, mixed);
  if (given.some((questions, part) => questions.length < parts[part]!.count)) return null;
  const drawn = given.flatMap((questions, part) =>
    questions.map((index) => ({ question: mixed[index]!, score: parts[part]!.scoreEach })),
  );
  const grouped = QUESTION_TYPES.flatMap((type) =>
    shuffled(
      drawn.filter(({ question }) => question.type === type),
      random,
    ),
  );
  return grouped.map(({ question, score }, index) => ({
    slot: index + 1,
    questionId: question.id,
    version: question.version,
    type: question.type,
    stem: question.stem,
    ...withShuffledOptions(question, random),
    score,
    topic: question.topic,
    explanation: question.explanation,
    basis: question.basis,
  }));
}

/** How many questions of each kind there are: what a feasibility report needs to know of a bank. */
export function groupsOf(bank: readonly Fitting[]): BankGroup[] {
  const groups = new Map<string, BankGroup>();
  for (const { type, topic, difficulty } of bank) {
    const key = JSON.stringify([type, topic, difficulty]);
    const group = groups.get(key) ?? { type, topic, difficulty, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  const rank = (group: BankGroup) =>
    QUESTION_TYPES.indexOf(group.type) * 10 + DIFFICULTIES.indexOf(group.difficulty);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || (a.topic < b.topic ? -1 : 1));
}
