/**
 * Faces of an official letter after GB/T 9704, by name only (they are not ours to embed), each with what
 * a word processor may take where it is not installed.
 */
export const FACES = {
  title: { name: '方正小标宋简体', instead: '华文中宋' },
  body: { name: '仿宋_GB2312', instead: '仿宋' },
  heading: { name: '黑体', instead: 'SimHei' },
  subheading: { name: '楷体_GB2312', instead: '楷体' },
  number: { name: '宋体', instead: 'SimSun' },
} as const;

export const ATTACHMENT_LABEL = '附件：';
export const COLON = '：';
