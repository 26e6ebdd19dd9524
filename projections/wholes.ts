import type { Evaluation } from '../src/rules/evaluation.ts'

/*
 * Evaluations put together from their rows. What is kept here is only what those rows say: by the head, which is a new
 * object after every event, so nothing in here can be out of date.
 */

/** The rest of an evaluation, as its row holds it; `parts` says how many rows hold the others. */
export type Head = Omit<Evaluation, PartKind> & { parts: number }

export type PartKind = 'nodes' | 'appeals' | 'evidence' | 'figures' | 'responsibilities'

export interface Whole {
  state: Evaluation
  /** Under which number each part is kept. Grows with the evaluation. */
  places: Places
}

/** Numbers by name, kind by kind: a text for each pair of them would have to be made for every event. */
export type Places = Record<PartKind, Map<string, number>> & { size: number }

export const noPlaces = (): Places => ({
  nodes: new Map(),
  appeals: new Map(),
  evidence: new Map(),
  figures: new Map(),
  responsibilities: new Map(),
  size: 0
})

/** So many parts of evaluations are kept at hand, some hundred bytes each; those of what was used longest ago go first. */
const PARTS_AT_HAND = 250_000

const wholes = new Map<Head, Whole>()
let parts = 0
let most = PARTS_AT_HAND

/** Keeps no more than so many parts from now on; returns what puts that back. */
export function keepFewer(wanted: number): () => void {
  const before = most
  most = Math.min(wanted, most)
  return () => {
    most = before
  }
}

/** The evaluation with this head, where it is at hand. */
export function wholeAtHand(head: Head): Whole | undefined {
  const whole = takeWhole(head)
  if (whole) keepWhole(head, whole)
  return whole
}

/** The same for whoever goes on from it: it is not kept under this head any more. */
export function takeWhole(head: Head): Whole | undefined {
  const whole = wholes.get(head)
  if (!whole) return undefined
  wholes.delete(head)
  parts -= head.parts
  return whole
}

export function keepWhole(head: Head, whole: Whole): void {
  wholes.set(head, whole)
  parts += head.parts
  if (parts <= most) return
  for (const oldest of wholes.keys()) {
    if (parts <= most || oldest === head) return
    takeWhole(oldest)
  }
}
