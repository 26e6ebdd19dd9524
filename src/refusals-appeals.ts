import { refusal } from './refusal-form.ts'

/** About appeals and panels. */
export const appeals = {
  'window-closed': refusal(
    409,
    ['The window is closed', 'This could be done until {until}.'],
    ['مهلت گذشته است', 'این کار تا {until} ممکن بود.']
  ),
  waived: refusal(
    409,
    ['Waived', 'The unit has accepted the result, so no appeal can come.'],
    ['صرف‌نظر شده', 'واحد نتیجه را پذیرفته است و اعتراض دیگر ممکن نیست.']
  ),
  'asks-nothing': refusal(
    409,
    ['Asks for nothing more', 'Node {node} stands at {standing}; the appeal asks for nothing better.'],
    ['خواسته‌ای افزون نیست', 'امتیاز ملاک عمل {node} برابر {standing} است و اعتراض چیزی بهتر نمی‌خواهد.']
  ),
  'points-needed': refusal(
    409,
    [
      'Points are needed',
      'Nothing that still holds stood on {node} before, so the claim must say how many points.'
    ],
    ['امتیاز لازم است', 'پیش‌تر امتیازی که هنوز معتبر باشد بر {node} نبوده است؛ ادعا باید امتیاز را بگوید.']
  ),
  'points-differ': refusal(
    409,
    [
      'Points and measurement differ',
      'By the rule of {node} the measurement gives {derived} points, not {points}.'
    ],
    ['امتیاز و سنجش یکی نیست', 'سنجش بنا بر قاعده {node} امتیاز {derived} می‌دهد، نه {points}.']
  ),
  'appeal-not-open': refusal(
    409,
    ['Appeal is not open', 'This appeal is {status}.'],
    ['اعتراض باز نیست', 'این اعتراض {status} است.']
  ),
  'no-panel': refusal(
    409,
    ['No panel', 'No panel was assigned to this appeal yet.'],
    ['هیئتی نیست', 'برای این اعتراض هنوز هیئتی تعیین نشده است.']
  ),
  'not-chair': refusal(
    403,
    ['Not the chair', 'Only the chair of the panel may do this.'],
    ['رئیس هیئت نیستید', 'تنها رئیس هیئت می‌تواند این کار را انجام دهد.']
  ),
  'bad-panel': refusal(
    409,
    ['Not a panel', 'A panel names each member once, and its chair is one of them.'],
    ['ترکیب نادرست', 'هر عضو هیئت یک بار نام برده می‌شود و رئیس یکی از آنان است.']
  ),
  'member-acted': refusal(
    409,
    ['Member has acted on the case', '{person} has acted on {node} before and cannot sit on its panel.'],
    ['عضو در پرونده دخیل بوده', '{person} پیش‌تر درباره {node} اقدام کرده و نمی‌تواند عضو هیئت آن باشد.']
  ),
  'member-of-unit': refusal(
    409,
    ['Member is of the unit', '{person} belongs to {unit} or below it and cannot sit on the panel.'],
    ['عضو از همان واحد است', '{person} از {unit} یا زیرمجموعه آن است و نمی‌تواند عضو هیئت باشد.']
  ),
  'no-question': refusal(
    409,
    ['No open question', 'No question to your side is open on this appeal.'],
    ['پرسش بازی نیست', 'پرسش بازی از طرف شما در این اعتراض نیست.']
  ),
  'which-question': refusal(
    409,
    ['Which question?', 'Several questions are open ({requests}); name one.'],
    ['کدام پرسش؟', 'چند پرسش باز است ({requests})؛ یکی را نام ببرید.']
  ),
  'not-the-claim': refusal(
    409,
    ['Not what was claimed', 'Upholding gives what was claimed; for anything else uphold it partly.'],
    ['همان خواسته نیست', 'پذیرش همان خواسته را می‌دهد؛ برای چیز دیگر پذیرش بخشی را برگزینید.']
  ),
  'not-between': refusal(
    409,
    ['Not between', 'Upholding partly gives more than {standing} and less than {claimed}.'],
    ['میان دو مقدار نیست', 'پذیرش بخشی بیش از {standing} و کمتر از {claimed} می‌دهد.']
  ),
  'cannot-be-partly': refusal(
    409,
    ['Cannot be upheld partly', 'A node applies or it does not; uphold or reject.'],
    ['پذیرش بخشی ممکن نیست', 'گره یا مصداق دارد یا ندارد؛ بپذیرید یا رد کنید.']
  ),
  'no-result': refusal(
    409,
    ['No result to give', 'An appeal that is {outcome} changes nothing, so it gives no points.'],
    ['نتیجه‌ای ندارد', 'اعتراضی که {outcome} شود چیزی را تغییر نمی‌دهد و امتیازی ندارد.']
  ),
  'not-present': refusal(
    409,
    ['Not a member', '{person} is not a member of this panel.'],
    ['عضو نیست', '{person} عضو این هیئت نیست.']
  ),
  'not-escalable': refusal(
    409,
    ['Cannot be escalated', 'The appeal is neither decided nor overdue; its decision is due at {due}.'],
    ['تجدیدنظر ممکن نیست', 'اعتراض نه تصمیم دارد و نه مهلت آن گذشته است؛ مهلت تصمیم {due} است.']
  ),
  'last-instance': refusal(
    409,
    ['Last instance', 'There is no further instance after this one.'],
    ['آخرین مرحله', 'پس از این مرحله مرجع دیگری نیست.']
  ),
  'already-upheld': refusal(
    409,
    ['Upheld in full', 'The appeal was upheld in full; there is nothing left to ask for.'],
    ['به‌تمامی پذیرفته شده', 'اعتراض به‌تمامی پذیرفته شده است و خواسته دیگری نمانده است.']
  )
} as const
