import { refusal } from './refusal-form.ts'

/** About the request itself. */
export const requests = {
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
  'form-expired': refusal(
    403,
    [
      'This form has expired',
      'The form was not made in this session, or is too old; open the page again and send it anew.'
    ],
    [
      'این فرم اعتبار ندارد',
      'این فرم در این نشست ساخته نشده یا قدیمی است؛ صفحه را دوباره باز کنید و دوباره بفرستید.'
    ]
  ),
  'form-of-another': refusal(
    409,
    [
      'Somebody else’s form',
      'This form was opened by {by}; you are signed in as {actor} now. Nothing was sent; what was typed stands below.'
    ],
    [
      'فرم کسی دیگر',
      'این فرم را {by} باز کرده است و اکنون شما با شناسه {actor} وارد شده‌اید. چیزی فرستاده نشد؛ آنچه نوشته شده زیر همین است.'
    ]
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
  'too-slow': refusal(
    408,
    ['Too slow', 'The request did not come in time; send it again with the same key.'],
    ['بسیار کند', 'درخواست به‌موقع کامل نرسید؛ همان را با همان کلید دوباره بفرستید.']
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
  'headers-too-large': refusal(
    431,
    ['Headers too large', 'The headers of the request are larger than {limit} bytes.'],
    ['سرآیندها بیش از اندازه', 'سرآیندهای درخواست از {limit} بایت بزرگ‌ترند.']
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
  'not-following': refusal(
    503,
    [
      'Nothing more is applied',
      'This process has ended applying events and answers as of where it stopped; an operator must start it again.'
    ],
    [
      'چیز تازه‌ای خوانده نمی‌شود',
      'این فرایند دیگر رویدادی را به کار نمی‌بندد و تا همان‌جا که رسیده پاسخ می‌دهد؛ راهبر سامانه باید آن را دوباره راه بیندازد.'
    ]
  ),
  damaged: refusal(
    503,
    [
      'The ledger is damaged',
      'Events are missing where the ledger is kept, or may be deleted there; nothing more is applied until an operator has looked at it.'
    ],
    [
      'دفتر آسیب دیده است',
      'در محل نگه‌داری دفتر رویدادهایی کم است یا ممکن است پاک شود؛ تا راهبر سامانه نبیند چیز تازه‌ای خوانده نمی‌شود.'
    ]
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
export const persons = {
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
  'filing-role': refusal(
    403,
    [
      'Not in this way',
      'The unit files its own appeal; only a registrar files on its behalf, naming the letter.'
    ],
    ['به این صورت ممکن نیست', 'واحد خود اعتراض می‌کند؛ به نیابت تنها دبیر، با ذکر نامه، ثبت می‌کند.']
  ),
  'own-score': refusal(
    409,
    ['Your own score', 'You entered the score of {node} yourself; somebody else must judge it.'],
    ['امتیاز خودتان', 'امتیاز {node} را خودتان وارد کرده‌اید؛ دیگری باید داوری کند.']
  )
} as const
