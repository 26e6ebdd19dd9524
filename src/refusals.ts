/*
 * Every way this program says no. The code is part of the API: it never changes its meaning. `{…}` places are filled
 * with the parameters of the refusal.
 */

interface Wording {
  status: number
  title: { fa: string; en: string }
  detail: { fa: string; en: string }
}

const refusal = (status: number, en: [string, string], fa: [string, string]): Wording => ({
  status,
  title: { fa: fa[0], en: en[0] },
  detail: { fa: fa[1], en: en[1] }
})

/** About the request itself. */
const requests = {
  malformed: refusal(
    400,
    ['Malformed request', 'The request does not have the form this address takes; see errors.'],
    ['درخواست نادرست', 'درخواست شکل موردنیاز این نشانی را ندارد؛ بخش errors را ببینید.']
  ),
  'missing-idempotency-key': refusal(
    400,
    [
      'Idempotency-Key is missing',
      'Send an Idempotency-Key of 1 to 128 visible characters, a new one for each act.'
    ],
    ['کلید یکتایی نیست', 'سرآیند Idempotency-Key با ۱ تا ۱۲۸ نویسه، برای هر اقدام یک کلید تازه، لازم است.']
  ),
  future: refusal(
    400,
    ['In the future', 'The ledger ends at {end}; {asked} is later. Ask for a moment that has been.'],
    ['هنوز نرسیده است', 'دفتر تا {end} است و {asked} پس از آن است. زمانی گذشته را بخواهید.']
  ),
  'bad-cursor': refusal(
    400,
    [
      'Cursor does not fit',
      'This cursor belongs to another ledger or another filter; start again from the first page.'
    ],
    ['نشانگر صفحه نمی‌خورد', 'این نشانگر از دفتر یا صافی دیگری است؛ از صفحه نخست آغاز کنید.']
  ),
  'series-needed': refusal(
    400,
    ['Which series?', 'There are several series here ({series}); name one with series=.'],
    ['کدام سری؟', 'اینجا چند سری هست ({series})؛ یکی را با series= نام ببرید.']
  ),
  unauthenticated: refusal(
    401,
    ['Not signed in', 'A valid bearer token is needed.'],
    ['وارد نشده‌اید', 'نشانه معتبر ورود لازم است.']
  ),
  'forbidden-role': refusal(
    403,
    ['Not for this role', 'The role {role} may not do this; it takes: {roles}.'],
    ['خارج از نقش', 'نقش {role} این کار را نمی‌تواند؛ نقش لازم: {roles}.']
  ),
  'not-found': refusal(
    404,
    ['Not found', 'There is no {kind} {id} that you may see.'],
    ['یافت نشد', '{kind} با شناسه {id} که بتوانید ببینید وجود ندارد.']
  ),
  'no-route': refusal(
    404,
    ['No such address', 'Nothing is served at this address; see /docs.'],
    ['چنین نشانی نیست', 'در این نشانی چیزی نیست؛ /docs را ببینید.']
  ),
  'unknown-unit': refusal(
    404,
    ['Unknown unit', 'There is no unit {id}.'],
    ['واحد ناشناخته', 'واحدی با شناسه {id} نیست.']
  ),
  'unknown-framework': refusal(
    404,
    ['Unknown framework', 'There is no framework {id}.'],
    ['شیوه‌نامه ناشناخته', 'شیوه‌نامه‌ای با شناسه {id} نیست.']
  ),
  'unknown-evaluation': refusal(
    404,
    ['Unknown evaluation', 'There is no evaluation {id}.'],
    ['ارزیابی ناشناخته', 'ارزیابی با شناسه {id} نیست.']
  ),
  'unknown-appeal': refusal(
    404,
    ['Unknown appeal', 'There is no appeal {id} in this evaluation.'],
    ['اعتراض ناشناخته', 'اعتراضی با شناسه {id} در این ارزیابی نیست.']
  ),
  'method-not-allowed': refusal(
    405,
    ['Method not allowed', 'This address does not take {method}.'],
    ['روش مجاز نیست', 'این نشانی {method} نمی‌پذیرد.']
  ),
  'not-acceptable': refusal(
    406,
    ['Not acceptable', 'This address cannot answer in the form asked for.'],
    ['قالب پاسخ ممکن نیست', 'این نشانی به قالب خواسته‌شده پاسخ نمی‌دهد.']
  ),
  stale: refusal(
    412,
    [
      'Changed meanwhile',
      'The stream is at revision {revision}, not at {expected}; read it again and decide anew.'
    ],
    [
      'در این میان تغییر کرده',
      'جریان در بازنگری {revision} است نه {expected}؛ دوباره بخوانید و تصمیم بگیرید.'
    ]
  ),
  'too-large': refusal(
    413,
    ['Too large', 'The body is larger than {limit} bytes.'],
    ['بیش از اندازه', 'متن درخواست از {limit} بایت بزرگ‌تر است.']
  ),
  'unsupported-media-type': refusal(
    415,
    ['Unsupported media type', 'Send application/json.'],
    ['نوع محتوا پشتیبانی نمی‌شود', 'محتوا را به شکل application/json بفرستید.']
  ),
  'key-reused': refusal(
    422,
    ['Key already used', 'This Idempotency-Key was used for another request; use a new one.'],
    ['کلید پیش‌تر به کار رفته', 'این Idempotency-Key برای درخواست دیگری به کار رفته است؛ کلید تازه بفرستید.']
  ),
  'rate-limited': refusal(
    429,
    ['Too many requests', 'Wait {seconds} seconds and try again.'],
    ['درخواست بیش از حد', '{seconds} ثانیه صبر کنید و دوباره بکوشید.']
  ),
  internal: refusal(
    500,
    ['Internal error', 'Something went wrong here; it has been logged under the request id in instance.'],
    ['خطای درونی', 'اینجا خطایی رخ داد و با شناسه درخواست ثبت شد.']
  ),
  'not-applied-yet': refusal(
    503,
    ['Not there yet', 'This process has not applied position {position} yet; try again shortly.'],
    ['هنوز نرسیده', 'این فرایند هنوز به جایگاه {position} نرسیده است؛ کمی بعد دوباره بکوشید.']
  ),
  'projection-stopped': refusal(
    503,
    [
      'A projection has stopped',
      'The projection {projection} stopped at event {event}; an operator must look at it.'
    ],
    ['یک نما ایستاده است', 'نمای {projection} در رویداد {event} ایستاده است؛ راهبر سامانه باید ببیند.']
  ),
  unavailable: refusal(
    503,
    [
      'The store cannot be reached',
      'The ledger cannot be written or read now; send the same request with the same key later.'
    ],
    ['دفتر در دسترس نیست', 'اکنون دفتر نوشته یا خوانده نمی‌شود؛ همین درخواست را با همین کلید بعداً بفرستید.']
  ),
  overloaded: refusal(
    503,
    ['Overloaded', 'Too much at once; try again shortly.'],
    ['بار بیش از توان', 'اکنون کار بیش از توان است؛ کمی بعد دوباره بکوشید.']
  )
} as const

/** About who asks. */
const persons = {
  'not-your-unit': refusal(
    403,
    ['Another unit', 'You may act for {units}, not for {unit}.'],
    ['واحد دیگر', 'شما برای {units} می‌توانید اقدام کنید، نه برای {unit}.']
  ),
  'own-unit': refusal(
    403,
    ['Your own unit', 'You belong to {unit} or below it and may not judge it.'],
    ['واحد خودتان', 'شما از {unit} یا زیرمجموعه آن هستید و نمی‌توانید آن را داوری کنید.']
  ),
  'not-reviewer': refusal(
    403,
    ['Not the reviewing body', 'Node {node} is reviewed by {body}; your token does not carry it.'],
    ['مرجع بررسی دیگری است', 'گره {node} را {body} بررسی می‌کند و نشانه شما آن را ندارد.']
  ),
  'own-score': refusal(
    409,
    ['Your own score', 'You entered the score of {node} yourself; somebody else must judge it.'],
    ['امتیاز خودتان', 'امتیاز {node} را خودتان وارد کرده‌اید؛ دیگری باید داوری کند.']
  )
} as const

/** About units, frameworks and lineage. */
const registers = {
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

/** About scores and stages. */
const scores = {
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
      'The framework or the targets changed after these were entered; enter them again: {nodes}.'
    ],
    ['ورودی‌ها کهنه است', 'پس از ورود این موارد، شیوه‌نامه یا هدف تغییر کرده است؛ دوباره وارد کنید: {nodes}.']
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

/** Words that stand for codes in a Persian sentence. */
export const persianWords: Readonly<Record<string, string>> = {
  'self-assessment': 'خودارزیابی',
  review: 'بررسی',
  appeal: 'اعتراض',
  final: 'نهایی',
  imported: 'واردشده',
  live: 'زنده',
  assessor: 'کاربر دستگاه',
  expert: 'کارشناس',
  panelist: 'عضو هیئت',
  registrar: 'دبیر',
  auditor: 'ممیز',
  viewer: 'بیننده'
}

/** Every way to say no, by its code. */
export const refusals = { ...requests, ...persons, ...registers, ...scores }

export type RefusalCode = keyof typeof refusals
