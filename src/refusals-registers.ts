import { refusal } from './refusal-form.ts'

/** About units, frameworks and lineage. */
export const registers = {
  'unit-exists': refusal(
    409,
    ['Already registered', 'There is already a unit {id}.'],
    ['واحد از پیش هست', 'واحدی با شناسه {id} از پیش ثبت شده است.']
  ),
  'framework-exists': refusal(
    409,
    ['Already published', 'There is already a framework {id}; amend it instead.'],
    ['شیوه‌نامه از پیش هست', 'شیوه‌نامه {id} از پیش منتشر شده است؛ آن را اصلاح کنید.']
  ),
  'evaluation-exists': refusal(
    409,
    ['Already open', 'The evaluation {id} was opened already.'],
    ['ارزیابی از پیش باز است', 'ارزیابی {id} پیش‌تر باز شده است.']
  ),
  'unit-ring': refusal(
    409,
    ['A unit above itself', '{parent} is {unit} itself, below it, or part of a ring.'],
    ['حلقه در واحدها', '{parent} خود {unit}، زیرمجموعه آن یا بخشی از یک حلقه است.']
  ),
  'nothing-changes': refusal(
    409,
    ['Nothing changes', 'This would change nothing.'],
    ['چیزی تغییر نمی‌کند', 'این اقدام چیزی را تغییر نمی‌دهد.']
  ),
  'bad-tree': refusal(
    409,
    ['Not a framework', 'The nodes do not make a framework; see errors.'],
    ['درخت نادرست', 'گره‌ها شیوه‌نامه‌ای درست نمی‌سازند؛ بخش errors را ببینید.']
  ),
  'bad-framework-id': refusal(
    409,
    ['Framework id does not fit', 'A framework id is its period, a hyphen and its series: {period}-….'],
    ['شناسه شیوه‌نامه نمی‌خورد', 'شناسه شیوه‌نامه از دوره، خط تیره و سری ساخته می‌شود: {period}-….']
  ),
  'bad-period': refusal(
    409,
    ['Period ends before it begins', 'The period {period} ends on {endsOn}, before {startsOn}.'],
    ['دوره پیش از آغاز تمام می‌شود', 'دوره {period} در {endsOn} و پیش از {startsOn} تمام می‌شود.']
  ),
  'unknown-node': refusal(
    409,
    ['Unknown node', 'The framework {framework} has no node {node}.'],
    ['گره ناشناخته', 'شیوه‌نامه {framework} گره {node} ندارد.']
  ),
  'bad-lineage': refusal(
    409,
    ['Lineage does not fit', 'A link of kind {relation} does not take {count} predecessors.'],
    ['تناظر نمی‌خورد', 'پیوند از نوع {relation} با {count} گره پیشین نمی‌خواند.']
  ),
  'no-appeal-rules': refusal(
    409,
    [
      'No appeal rules',
      'The framework {framework} says nothing about appeals, so nobody can be judged live by it.'
    ],
    ['قاعده اعتراض ندارد', 'شیوه‌نامه {framework} قاعده اعتراض ندارد و ارزیابی زنده با آن ممکن نیست.']
  )
} as const
