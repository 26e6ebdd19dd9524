import type { Step } from '../../reads.ts'

/* The steps of an explanation, sorted by what they did to the figure. */

export interface Sorted {
  /** Standing moved otherwise than the claim: these add up to standing − self. */
  moving: Step[]
  /** The claim and what stands moved alike, as when a claim is entered. */
  alike: Step[]
  /** Nothing moved; the act is still part of why. */
  still: Step[]
}

const isZero = (delta: string): boolean => /^-?0*(\.0*)?$/.test(delta)

export function sortSteps(steps: readonly Step[]): Sorted {
  return {
    moving: steps.filter(({ delta }) => delta !== null && !isZero(delta)),
    alike: steps.filter(({ delta }) => delta !== null && isZero(delta)),
    still: steps.filter(({ delta }) => delta === null)
  }
}

const UNITS = 10_000n

/** The exact sum of decimal strings with at most four fraction digits. */
export function sumOf(values: readonly (string | null)[]): string {
  const units = values.reduce((sum, value) => sum + unitsOf(value ?? '0'), 0n)
  const size = units < 0n ? -units : units
  const fraction = String(size % UNITS)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${size / UNITS}${fraction ? `.${fraction}` : ''}`
}

function unitsOf(value: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(value) ?? []
  const size = BigInt(whole) * UNITS + BigInt(fraction.padEnd(4, '0') || '0')
  return sign ? -size : size
}

/** What moved most, either way. */
export const largestOf = (steps: readonly Step[]): Step | undefined =>
  [...steps].sort((a, b) => Math.abs(Number(b.delta)) - Math.abs(Number(a.delta)))[0]
