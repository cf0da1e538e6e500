/** The words of rows that are in a table and no data: sums and what stands under the table. */
export const TOTAL_ROW = /^(?:合计|总计|小计|共计|累计|总数|总人数|人数合计|本页合计|本页小计)/u;
export const FOOTER_ROW =
  /^(?:(?:填表人|填报人|制表人?|经办人|审核人?|复核人|联系人|联系电话|注|备注|说明|填表说明|填写说明|附注|单位负责人|主要负责人|安全负责人|负责人|分管领导|填报单位|填报日期|填表日期|填表时间|日期|单位)\s*[:：（(]|第.{1,6}页|[（(]?(?:单位)?盖章)/u;
/** A title inside a table: 一、县级 · （二）乡镇 · 第三部分. */
export const SECTION_ROW =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+部分)/u;
