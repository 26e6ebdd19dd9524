/* Words of signing in and out. */

export const signIn = {
  title: { fa: 'ورود', en: 'Sign in' },
  signIn: { fa: 'ورود', en: 'Sign in' },
  localLead: {
    fa: 'این کارساز برای همین رایانه است و خود به هر که بخواهد گذرواژه‌ای یک‌روزه می‌دهد. یکی را برگزینید تا کارنامه را از نگاه او ببینید.',
    en: 'This server is for this machine alone and gives whoever asks a token for a day. Choose somebody, to see the ledger as they see it.'
  },
  people: { fa: 'کسانی برای آزمودن', en: 'People to try it as' },
  person: { fa: 'شناسه', en: 'Id' },
  role: { fa: 'نقش', en: 'Role' },
  units: { fa: 'واحد', en: 'Unit' },
  may: { fa: 'چه می‌بیند و چه می‌کند', en: 'What they see and do' },
  act: { fa: 'ورود', en: 'Enter' },
  as: { fa: 'ورود به‌عنوان {id}، {role}', en: 'Enter as {id}, {role}' },
  anyUnit: { fa: 'وابسته به واحدی نیست', en: 'of no unit' },
  another: { fa: 'کسی دیگر', en: 'Somebody else' },
  unitsHint: {
    fa: 'شناسه واحدها، جدا با ویرگول؛ برای کاربر دستگاه و کارشناس',
    en: 'ids of units, separated by commas; for assessors and experts'
  },
  badPerson: {
    fa: 'شناسه (۱ تا ۱۲۸ نویسه) و نقش لازم است و شناسه واحد تنها حرف‌های کوچک لاتین، رقم و خط تیره دارد.',
    en: 'An id (1 to 128 characters) and a role are needed; ids of units are small Latin letters, digits and hyphens.'
  },
  elsewhere: {
    fa: 'ورود آزاد تنها از نشانی همین رایانه (localhost) ممکن است.',
    en: 'Entering freely is possible under the address of this machine alone (localhost).'
  },
  leading: {
    fa: 'شما را به صفحه ورود سازمان می‌بریم. اگر صفحه عوض نشد، این پیوند را باز کنید:',
    en: 'You are being led to where your organisation signs you in. If nothing happens, follow this link:'
  },
  goOn: { fa: 'رفتن به صفحه ورود', en: 'Go on to sign in' },
  bearerOnly: {
    fa: 'در این کارساز ورود با مرورگر برپا نشده است. صفحه‌ها همان نشانه (token) رابط برنامه‌نویسی را در سرآیند Authorization می‌پذیرند؛ آن را صادرکننده زیر می‌دهد:',
    en: 'Signing in with a browser is not set up on this server. Pages take the token of the API in the Authorization header; it is given by this issuer:'
  },
  bearerHow: {
    fa: 'برای ورود با مرورگر، گرداننده باید KARNAMEH_OIDC_CLIENT_ID و KARNAMEH_PUBLIC_URL را تنظیم کند.',
    en: 'For browsers, the operator has to set KARNAMEH_OIDC_CLIENT_ID and KARNAMEH_PUBLIC_URL.'
  },
  failedTitle: { fa: 'ورود انجام نشد', en: 'Signing in did not succeed' },
  expired: {
    fa: 'این ورود دیگر معتبر نیست: یا بیش از ده دقیقه گذشته، یا یک بار به کار رفته، یا در این مرورگر آغاز نشده است.',
    en: 'This sign-in is no longer valid: more than ten minutes have passed, it has been used before, or it was not begun in this browser.'
  },
  failed: {
    fa: 'پاسخی که از سامانه ورود رسید پذیرفته نشد.',
    en: 'What came back from the identity provider was not accepted.'
  },
  denied: {
    fa: 'سامانه ورود درخواست را نپذیرفت ({code}).',
    en: 'The identity provider refused ({code}).'
  },
  away: {
    fa: 'سامانه ورود اکنون پاسخ نمی‌دهد. چند دقیقه دیگر دوباره بکوشید.',
    en: 'The identity provider does not answer now. Try again in a few minutes.'
  },
  notTaken: {
    fa: 'شما وارد شدید، ولی نشانه‌ای که سامانه ورود داد اینجا پذیرفته نیست: باید JWT باشد، برای مخاطب این کارساز، با نقش (role) و واحدها (units). از گرداننده سامانه ورود بخواهید این‌ها را برای شما تنظیم کند.',
    en: 'You were signed in, but the token that the identity provider gave is not taken here: it has to be a JWT for the audience of this server, with a role and units. Ask whoever runs the provider to set these for you.'
  },
  tooLong: {
    fa: 'نشانه‌ای که سامانه ورود داد بلندتر از آن است که مرورگر نگه دارد ({bytes} بایت). از گرداننده آن بخواهید چیزهای دیگر را در آن نگذارد.',
    en: 'The token that the identity provider gave is longer than browsers keep ({bytes} bytes). Ask whoever runs it to leave other things out of it.'
  },
  again: { fa: 'ورود دوباره', en: 'Sign in again' },
  outTitle: { fa: 'خارج شدید', en: 'You have signed out' },
  out: {
    fa: 'نشست شما در کارنامه پایان یافت.',
    en: 'Your session with Karnameh has ended.'
  },
  outThere: {
    fa: 'هنوز نزد سامانه ورود هستید. برای خروج از آن هم:',
    en: 'The identity provider still knows you. To sign out there too:'
  },
  outThereLink: { fa: 'خروج از سامانه ورود', en: 'Sign out of the identity provider' },
  heldTitle: { fa: 'نشست شما پایان یافته است', en: 'Your session has ended' },
  held: {
    fa: 'آنچه نوشتید فرستاده نشد ولی گم هم نشد. در زبانه‌ای دیگر وارد شوید، سپس همین صفحه را دوباره بفرستید.',
    en: 'What you typed was not recorded, and it is not lost. Sign in in another tab, then send this page again.'
  },
  otherTab: { fa: 'ورود در زبانه‌ای دیگر', en: 'Sign in in another tab' },
  sendAgain: { fa: 'دوباره بفرست', en: 'Send again' },
  back: {
    fa: 'اکنون وارد شده‌اید. به زبانه پیشین برگردید.',
    en: 'You are signed in. Go back to the other tab.'
  }
}

/** What somebody in a role sees and does, in a line. */
export const rolesInALine = {
  auditor: {
    fa: 'همه چیز را می‌بیند، با نام‌ها، دلیل‌ها و دفتر رویدادها',
    en: 'sees everything: names, reasons and the ledger itself'
  },
  registrar: {
    fa: 'واحدها، شیوه‌نامه، گشایش و قطعی‌کردن ارزیابی، هیئت‌ها',
    en: 'units, frameworks, opening and finalising evaluations, panels'
  },
  expert: {
    fa: 'خودارزیابی واحدهای زیر ستاد خود را بررسی و اصلاح می‌کند',
    en: 'reviews and overrides what the units below headquarters claim'
  },
  assessor: {
    fa: 'خودارزیابی واحد خود را می‌نویسد و اعتراض می‌کند',
    en: 'writes the self-assessment of a unit and appeals for it'
  },
  panelist: { fa: 'در هیئت به اعتراض رسیدگی می‌کند', en: 'decides appeals on a panel' },
  viewer: { fa: 'تنها رقم‌ها را می‌بیند', en: 'sees the figures alone' }
}
