import type { Actor } from '../../src/events/envelope.ts'
import type { Random } from './random.ts'

/** Whom headquarters' people act for; some axes are reviewed by its finance office. */
export const CENTRE = 'centre'
export const REVIEWERS = [CENTRE, 'centre-finance']

const REGISTRARS = 4
/** One expert judges so many units. */
export const UNITS_PER_EXPERT = 20
const PANELISTS = 40
const PANEL = 3

/** Anyone of the office, but for those who may not because of what they did before. */
export function registrar(random: Random, but: readonly string[] = []): Actor {
  const office = Array.from({ length: REGISTRARS }, (_, i) => `r-${i + 1}`).filter((id) => !but.includes(id))
  return { id: office[random.between(0, office.length - 1)] ?? 'r-0', role: 'registrar', units: [] }
}

/** Two persons of a unit take turns. */
export const assessor = (random: Random, unit: string): Actor => ({
  id: `a-${unit}-${random.between(1, 2)}`,
  role: 'assessor',
  units: [unit]
})

/** Who judges the unit of a number, and a colleague. */
export const expertsOf = (unit: number): [Actor, Actor] => {
  const desk = Math.floor(unit / UNITS_PER_EXPERT) * 2
  return [expert(desk + 1), expert(desk + 2)]
}

const expert = (number: number): Actor => ({ id: `e-${number}`, role: 'expert', units: REVIEWERS })

/** A chair and members; those of another instance are other persons. */
export function panelOf(random: Random, instance: number): string[] {
  const first = random.between(0, PANELISTS / 2 - 1)
  const half = (instance - 1) * (PANELISTS / 2)
  return Array.from({ length: PANEL }, (_, i) => `p-${half + ((first + i * 3) % (PANELISTS / 2)) + 1}`)
}

export const chairOf = (id: string): Actor => ({ id, role: 'panelist', units: [] })
