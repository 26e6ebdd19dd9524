/* Words that lists of acts, events and discrepancies share. */

export const records = {
  total: { fa: 'جمع کل', en: 'total' },
  unknownNode: { fa: 'شاخصی که شیوه‌نامه ندارد', en: 'no node of the framework' },
  letterOf: { fa: 'نامه', en: 'Letter' },
  unit: { fa: 'واحد (شناسه)', en: 'Unit (id)' },
  period: { fa: 'دوره', en: 'Period' },
  node: { fa: 'شاخص (کد)', en: 'Node (code)' },
  level: { fa: 'مرحله', en: 'Level' },
  type: { fa: 'نوع اقدام', en: 'Kind of act' },
  event: { fa: 'رویداد', en: 'Event' },
  at: { fa: 'زمان', en: 'When' },
  evaluation: { fa: 'ارزیابی', en: 'Evaluation' },
  who: { fa: 'چه کسی', en: 'Who' },
  causedBy: { fa: 'در پاسخ به', en: 'Answers' },
  caused: { fa: 'پاسخ گرفت در', en: 'Answered by' },
  andMore: { fa: 'و دیگر', en: 'and more' },
  order: { fa: 'ترتیب', en: 'Order' },
  newest: { fa: 'تازه‌ترین در آغاز', en: 'newest first' },
  oldest: { fa: 'کهن‌ترین در آغاز', en: 'oldest first' }
}
