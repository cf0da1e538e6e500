/** What a person reads when no feature had a word for it. */
export const PAGE_NOT_FOUND = '没有找到这个页面，地址可能已经变了。';
export const FAULT = '服务器处理时出错，您刚才的操作没有保存。';
