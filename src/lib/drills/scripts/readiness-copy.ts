import type { ScriptFinding } from './lint-finding.ts';

/** Why a script cannot be published now; empty when it can. */
export function reasonsNotToPublish(findings: readonly ScriptFinding[], isPublished: boolean): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return [`还有 ${errors} 处必须修改`];
  return isPublished ? ['与最近发布的一版相同'] : [];
}

/** How a draft stands, in one sentence. */
export function readinessText(findings: readonly ScriptFinding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const looks = findings.length - errors;
  if (errors > 0)
    return `还有 ${errors} 处必须修改，改完才能发布${looks > 0 ? `；另有 ${looks} 处请看一眼` : ''}。`;
  return looks > 0 ? `可以发布，有 ${looks} 处请看一眼。` : '检查没有发现问题。';
}

/** 沱河涨水（第2版）.json */
export function scriptFileName(title: string, number: number | null): string {
  const plain = title.replace(/[\\/:*?"<>|]/g, ' ').trim();
  return `${plain}${number === null ? '' : `（第${number}版）`}.json`;
}

/** The server did not answer: what was typed is still in the form. */
export const OFFLINE = '网络不通，没有保存上。请不要关闭页面，稍后再点保存。';
