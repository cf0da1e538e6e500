/** The line a list of finds shows and announces instead of, or after, its entries. */
export function comboLine(state: {
  searching: boolean;
  failed: boolean;
  query: string;
  queryMin: number;
  found: number;
  shown: number;
}): string {
  if (state.failed) return '没有连上服务器，请检查网络后再输入一次。';
  if (state.query.trim().length < state.queryMin) return `请至少输入 ${state.queryMin} 个字。`;
  if (state.searching) return '正在查找…';
  if (state.found === 0) return '没有找到，请换个字或拼音首字母再试。';
  if (state.found > state.shown) return `共 ${state.found} 项，只列出前 ${state.shown} 项，请再输入几个字。`;
  return '';
}
