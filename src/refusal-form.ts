/*
 * Every way this program says no. The code is part of the API: it never changes its meaning. `{…}` places are filled
 * with the parameters of the refusal.
 */

export interface Wording {
  status: number
  title: { fa: string; en: string }
  detail: { fa: string; en: string }
}

/** Status, then title and sentence in English, then both in Persian. */
export const refusal = (status: number, en: [string, string], fa: [string, string]): Wording => ({
  status,
  title: { fa: fa[0], en: en[0] },
  detail: { fa: fa[1], en: en[1] }
})
