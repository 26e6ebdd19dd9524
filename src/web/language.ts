import { type Language, languageOf } from '../http/accept.ts'

export type { Language }

/** A sentence of the program in both languages; `{name}` places are filled when it is said. */
export interface Phrase {
  fa: string
  en: string
}

/** A name or a title that people gave; English may be missing. */
export interface Named {
  fa: string
  en?: string | undefined
}

/** In which language a sentence is said; Persian where a title has no English. */
export const inLanguage = (text: Named, language: Language): string =>
  language === 'en' ? (text.en ?? text.fa) : text.fa

/** Persian is written from the right. */
export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'fa' ? 'rtl' : 'ltr')

export const LANGUAGE_COOKIE = 'karnameh_lang'

/** What a request says about languages, in the order in which it counts. */
export interface LanguageWishes {
  /** `?lang=` of the address. */
  asked: unknown
  /** What was chosen before. */
  cookie: string | undefined
  /** The `Accept-Language` header. */
  accept: string | undefined
}

/** Persian, unless somebody asks for English: the people of this ledger read Persian first. */
export function chooseLanguage({ asked, cookie, accept }: LanguageWishes): Language {
  for (const wish of [asked, cookie]) if (wish === 'fa' || wish === 'en') return wish
  return accept === undefined || accept.trim() === '' ? 'fa' : languageOf(accept)
}
