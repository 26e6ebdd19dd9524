import { refusal } from './refusal-form.ts'

/** About scores and stages. */
export const scores = {
  'wrong-stage': refusal(
    409,
    ['Not at this stage', 'The evaluation is in stage {stage}; this takes {needed}.'],
    ['خارج از مرحله', 'ارزیابی در مرحله {stage} است؛ این کار مرحله {needed} می‌خواهد.']
  ),
  'wrong-origin': refusal(
    409,
    ['Not for this kind of evaluation', 'This evaluation is {origin}; this takes one that is {needed}.'],
    ['نوع ارزیابی دیگر', 'این ارزیابی {origin} است؛ این کار {needed} می‌خواهد.']
  ),
  'not-returned': refusal(
    409,
    [
      'Not returned to you',
      'Node {node} was not returned for correction; only what was returned can be changed now.'
    ],
    ['عودت نشده', 'گره {node} برای رفع نقص عودت نشده است؛ اکنون تنها گره‌های عودت‌شده تغییر می‌کنند.']
  ),
  returned: refusal(
    409,
    ['Returned for correction', 'Node {node} is with the unit for correction; wait for the resubmission.'],
    ['عودت شده', 'گره {node} برای رفع نقص نزد واحد است؛ تا ارسال دوباره صبر کنید.']
  ),
  'return-open': refusal(
    409,
    ['A return is open', 'Nodes {nodes} are with the unit for correction; wait for the resubmission.'],
    ['عودت باز است', 'گره‌های {nodes} برای رفع نقص نزد واحد است؛ تا ارسال دوباره صبر کنید.']
  ),
  'not-a-leaf': refusal(
    409,
    ['Not a leaf', 'Node {node} has parts of its own; give the points to those.'],
    ['برگ نیست', 'گره {node} خود زیرگره دارد؛ امتیاز را به آن‌ها بدهید.']
  ),
  'not-applicable': refusal(
    409,
    ['Not applicable', 'Node {node} does not apply to this unit.'],
    ['بدون مصداق', 'گره {node} برای این واحد مصداق ندارد.']
  ),
  'above-ceiling': refusal(
    409,
    ['Above the ceiling', 'Node {node} is worth at most {ceiling} points, not {points}.'],
    ['بیش از سقف', 'سقف امتیاز گره {node} برابر {ceiling} است، نه {points}.']
  ),
  'measurement-on-direct': refusal(
    409,
    [
      'No rule for a measurement',
      'Points of node {node} are entered directly; it has no rule that reads a measurement.'
    ],
    ['قاعده سنجش ندارد', 'امتیاز گره {node} مستقیم وارد می‌شود و قاعده‌ای برای سنجش ندارد.']
  ),
  'measurement-needed': refusal(
    409,
    ['A measurement is needed', 'Points of node {node} follow from a measurement; enter that.'],
    ['سنجش لازم است', 'امتیاز گره {node} از سنجش به دست می‌آید؛ سنجش را وارد کنید.']
  ),
  'baseline-missing': refusal(
    409,
    ['No baseline', 'Growth of node {node} needs a baseline, assigned or measured.'],
    ['مقدار پایه نیست', 'رشد گره {node} مقدار پایه می‌خواهد، ابلاغی یا سنجیده.']
  ),
  'unknown-evidence': refusal(
    409,
    ['Unknown evidence', 'There is no evidence {evidence} in this evaluation.'],
    ['مستند ناشناخته', 'مستندی با شناسه {evidence} در این ارزیابی نیست.']
  ),
  'entries-outdated': refusal(
    409,
    [
      'Entries are out of date',
      'The framework or the targets changed after these were entered; they must be entered again or overridden: {nodes}.'
    ],
    [
      'ورودی‌ها کهنه است',
      'پس از ورود این موارد، شیوه‌نامه یا هدف تغییر کرده است؛ باید دوباره وارد یا اصلاح شوند: {nodes}.'
    ]
  ),
  incomplete: refusal(
    409,
    [
      'Not complete',
      'These leaves have neither points, nor a claim of not applicable, nor a reason for being blank: {nodes}.'
    ],
    ['کامل نیست', 'این برگ‌ها نه امتیاز دارند، نه ادعای عدم مصداق و نه دلیل خالی‌بودن: {nodes}.']
  ),
  'not-blank': refusal(
    409,
    ['Not blank', 'Node {node} is named as blank but has points, a claim, or is none of the leaves due.'],
    ['خالی نیست', 'گره {node} خالی اعلام شده ولی امتیاز یا ادعا دارد یا از برگ‌های موردنظر نیست.']
  ),
  'nothing-claimed': refusal(
    409,
    ['Nothing claimed', 'Nothing was claimed for node {node}; override it instead.'],
    ['ادعایی نیست', 'برای گره {node} چیزی ادعا نشده است؛ امتیاز را اصلاح کنید.']
  ),
  'already-judged': refusal(
    409,
    ['Already judged', 'Node {node} was judged already; override it if it should change.'],
    ['پیش‌تر داوری شده', 'گره {node} پیش‌تر داوری شده است؛ اگر باید تغییر کند امتیاز را اصلاح کنید.']
  ),
  'nothing-left': refusal(
    409,
    ['Nothing left', 'No leaf with a claim is left that you may judge.'],
    ['چیزی نمانده', 'برگ دارای ادعایی که بتوانید داوری کنید نمانده است.']
  ),
  'claim-open': refusal(
    409,
    ['A claim is open', 'The claim that {node} is not applicable must be granted or refused first.'],
    ['ادعا باز است', 'نخست باید ادعای عدم مصداق {node} پذیرفته یا رد شود.']
  ),
  'no-claim': refusal(
    409,
    ['No claim', 'No claim of not applicable is open on {node}.'],
    ['ادعایی باز نیست', 'ادعای عدم مصداق بازی روی {node} نیست.']
  ),
  'no-grant': refusal(
    409,
    ['No grant', 'No grant of not applicable stands on {node}.'],
    ['پذیرشی برقرار نیست', 'پذیرش عدم مصداقی روی {node} برقرار نیست.']
  ),
  'reason-needed': refusal(
    409,
    ['A reason is needed', 'Say why; only a source that gives no reason may be entered as not-stated.'],
    ['دلیل لازم است', 'دلیل را بنویسید؛ تنها برای منبعی که دلیل نمی‌دهد not-stated پذیرفته است.']
  ),
  'source-needed': refusal(
    409,
    ['A source is needed', 'An act on an imported evaluation names its source.'],
    ['منبع لازم است', 'اقدام در ارزیابی واردشده باید منبع را نام ببرد.']
  ),
  unjudged: refusal(
    409,
    ['Review is not complete', 'These leaves are not judged yet: {nodes}.'],
    ['بررسی کامل نیست', 'این برگ‌ها هنوز داوری نشده‌اند: {nodes}.']
  ),
  decided: refusal(
    409,
    ['Decided', 'A panel has decided on {node}; only a reopening can move it.'],
    ['رأی صادر شده', 'هیئت درباره {node} رأی داده است؛ تنها بازگشایی می‌تواند آن را تغییر دهد.']
  ),
  'appeal-open': refusal(
    409,
    ['An appeal is open', 'An appeal on {node} is open; wait for its decision.'],
    ['اعتراض باز است', 'اعتراضی بر {node} باز است؛ تا تصمیم آن صبر کنید.']
  ),
  'window-open': refusal(
    409,
    ['The appeal window is open', 'The unit may appeal until {until}; wait for that or for its waiver.'],
    ['مهلت اعتراض باز است', 'واحد تا {until} حق اعتراض دارد؛ تا آن زمان یا صرف‌نظر واحد صبر کنید.']
  ),
  partial: refusal(
    409,
    ['The total is partial', 'These nodes have no points yet: {nodes}.'],
    ['جمع ناقص است', 'این گره‌ها هنوز امتیاز ندارند: {nodes}.']
  ),
  'already-waived': refusal(
    409,
    ['Already waived', 'The unit has waived its appeal already.'],
    ['پیش‌تر صرف‌نظر شده', 'واحد پیش‌تر از اعتراض صرف‌نظر کرده است.']
  ),
  'already-appealed': refusal(
    409,
    ['Already appealed', 'The unit has appealed already, so it cannot waive.'],
    ['پیش‌تر اعتراض شده', 'واحد پیش‌تر اعتراض کرده است و صرف‌نظر ممکن نیست.']
  ),
  'filed-on-behalf': refusal(
    409,
    ['You filed on behalf', 'You filed an appeal on behalf of the unit; another registrar must do this.'],
    ['ثبت به نیابت', 'شما اعتراضی به نیابت ثبت کرده‌اید؛ دبیر دیگری باید این کار را انجام دهد.']
  ),
  'changed-meanwhile': refusal(
    409,
    ['Changed meanwhile', 'Somebody else has acted on this meanwhile; look at the event and decide anew.'],
    ['در این میان تغییر کرده', 'در این میان دیگری اقدام کرده است؛ رویداد را ببینید و دوباره تصمیم بگیرید.']
  ),
  'too-many-events': refusal(
    409,
    ['Too much at once', 'This would append more than one act can hold; do it in parts.'],
    ['بیش از یک اقدام', 'این اقدام از اندازه یک ثبت بیشتر است؛ آن را چند بخش کنید.']
  )
} as const
