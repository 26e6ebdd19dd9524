/*
 * Ids and hashes are digits without any order, at which a regular expression is slow: every other guess of the
 * processor is wrong. These go through all digits and decide once.
 */

const DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[0-9a-f]/.test(String.fromCharCode(code)))
)

function isHex(text: string, from: number, to: number): boolean {
  let all = 1
  // Above 127 there is no entry, and undefined leaves nothing of the bit.
  for (let i = from; i < to; i++) all &= DIGITS[text.charCodeAt(i)] as number
  return all === 1
}

/** A SHA-256 in lower case. */
export const isSha256 = (text: string): boolean => text.length === 64 && isHex(text, 0, 64)

/** A UUID of RFC 9562 in lower case, of any version; not those of zeros or ones alone. */
export const isUuid = (text: string): boolean =>
  text.length === 36 &&
  text[8] === '-' &&
  text[13] === '-' &&
  text[18] === '-' &&
  text[23] === '-' &&
  '12345678'.includes(text.charAt(14)) &&
  '89ab'.includes(text.charAt(19)) &&
  isHex(text, 0, 8) &&
  isHex(text, 9, 13) &&
  isHex(text, 14, 18) &&
  isHex(text, 19, 23) &&
  isHex(text, 24, 36)
