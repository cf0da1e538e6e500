/** What a schema says about a fault: its kind and what it asked for. */
export type Fault = { type: string; requirement?: unknown; input?: unknown };

/**
 * The sentence of a fault whose schema has none of its own. Without it a missing choice would be told in
 * the English of the library, at the field where somebody looks for help.
 */
export function faultSentence({ type, requirement, input }: Fault): string {
  switch (type) {
    case 'min_length':
      if (Array.isArray(input)) return '请至少选一项。';
      return requirement === 1 ? '请填写这一项。' : `至少填${String(requirement)}个字。`;
    case 'max_length':
      return `请控制在${String(requirement)}个字以内。`;
    case 'min_value':
      return `不能小于${String(requirement)}。`;
    case 'max_value':
      return `不能大于${String(requirement)}。`;
    case 'integer':
      return '请填整数。';
    case 'number':
      return '请填数字。';
    case 'picklist':
      return '请从给出的选项里选一项。';
    case 'object':
    case 'string':
    case 'array':
    case 'file':
      return '请填写或选择这一项。';
    default:
      return input === '' ? '请填写这一项。' : '格式不对，请检查后重新填写。';
  }
}

/** Above a form that came back: how many fields are wrong; with a single one, what is wrong with it. */
export function formSentence(errors: Record<string, string>): string {
  const sentences = Object.values(errors);
  const [only] = sentences;
  if (only !== undefined && sentences.length === 1) return `有一处没有填好：${only}`;
  return `有${sentences.length}处没有填好，请改好后再次提交。`;
}
