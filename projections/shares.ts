import { numberOf } from './volumes.ts'

/*
 * Evaluations in a few shares, told by their names alone: what is counted share by share does not depend on how those of
 * different shares follow each other, so that several threads can build the rows of a share each.
 */

export const SHARES = 16

/** Which share an evaluation belongs to, from 0 on. */
export const shareOf = (evaluation: string): number => numberOf(evaluation) & (SHARES - 1)

/** Shares one after another, up to one that is not among them. */
export interface Shares {
  from: number
  to: number
}

/** Whether a stream is to be gone through for these shares: that of an evaluation of theirs, or of no evaluation at all. */
export function isOfShares({ from, to }: Shares, stream: string): boolean {
  if (!stream.startsWith('evaluation-')) return true
  const share = shareOf(stream.slice('evaluation-'.length))
  return from <= share && share < to
}
