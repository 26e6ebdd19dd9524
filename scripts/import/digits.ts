const PERSIAN_ZERO = 0x06f0
const ARABIC_ZERO = 0x0660

/**
 * A printed number in Latin digits, its own fraction digits kept: `۸۴٫۲۰` is `84.20`. Understands Persian and Arabic
 * digits, the Persian decimal sign, and thousands separators; throws `RangeError` on what is no number then.
 */
export function latinNumber(printed: string): string {
  const latin = printed
    .trim()
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - PERSIAN_ZERO))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
    .replaceAll('٬', '')
    .replaceAll('٫', '.')
    // The minus of print, and the one of the keyboard.
    .replace(/^−/, '-')
  if (!/^-?\d+(\.\d+)?$/.test(latin)) throw new RangeError(`not a number: ${JSON.stringify(printed)}`)
  return latin
}
