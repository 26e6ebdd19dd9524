import type { DataOf } from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import { fact } from './given.ts'
import type { Happening } from './history.ts'
import {
  assessor,
  entered,
  exempt,
  expert,
  inAppeal,
  live,
  overridden,
  registrar,
  submitted
} from './province.ts'

/*
 * An appeal about G.a.1, which was claimed at 40 and stands at 30. Event 15 of the province files it, event 16 names
 * the panel.
 */

export const APPEAL = '01J00000000000000000000009'
export const REQUEST = '01J00000000000000000000008'
export const chair: Actor = { id: 'p-2', role: 'panelist', units: ['ministry'] }

export const filed = (more: Partial<DataOf<'AppealFiled'>> = {}, by: Actor = assessor): Happening =>
  fact(
    'AppealFiled',
    {
      appeal: APPEAL,
      node: 'G.a.1',
      claim: { points: '40' },
      disputed: { points: '30', applicable: true, event: null },
      grounds: 'grounds',
      evidence: [],
      ...more
    },
    by
  )

export const panelled = (instance = 1, ...members: string[]): Happening =>
  fact(
    'PanelAssigned',
    {
      appeal: APPEAL,
      instance,
      members: ['p-2', ...members].map((id) => ({ id, units: [] })),
      chair: 'p-2'
    },
    registrar
  )

export const answered = (): Happening =>
  fact('AppealAnswered', { appeal: APPEAL, position: 'contest', text: 'no', evidence: [] }, expert)

export const decided = (
  outcome: DataOf<'AppealDecided'>['outcome'],
  more: Partial<DataOf<'AppealDecided'>> = {}
): Happening =>
  fact(
    'AppealDecided',
    {
      appeal: APPEAL,
      instance: 1,
      outcome,
      reasons: 'reasons',
      evidenceConsidered: [],
      present: ['p-2'],
      ...more
    },
    chair
  )

export const escalated = (): Happening =>
  fact('AppealEscalated', { appeal: APPEAL, grounds: 'grounds', evidence: [] }, assessor)

export const withdrawn = (): Happening =>
  fact('AppealWithdrawn', { appeal: APPEAL, reason: 'settled' }, assessor)

export const asked = (of: 'unit' | 'headquarters' = 'unit', request = REQUEST): Happening =>
  fact('AppealInformationRequested', { appeal: APPEAL, request, of, question: 'which?', evidence: [] }, chair)

/** Events 1 to 15: the appeal is filed. */
export const appealed = (): Happening[] => [...inAppeal(), filed()]

/** Events 1 to 16: its panel is named. */
export const withPanel = (...members: string[]): Happening[] => [...appealed(), panelled(1, ...members)]

/** Events 1 to 11: nobody was asked for points of what is below G.a, since it did not apply when the unit submitted. */
export const unasked = (): Happening[] => [
  ...live(),
  exempt('NotApplicableGranted', 'G.a'),
  entered('G.b', '40'),
  submitted(),
  overridden('G.b', '35'),
  fact('ReviewCompleted', { appealClosesAt: '2024-03-30T20:30:00.000Z' }, expert)
]

/** Events 12 to 14: an appeal about G.a, its panel, and the decision that it does apply. */
export const broughtBack = (): Happening[] => [
  filed({
    node: 'G.a',
    claim: { applicable: true },
    disputed: { points: null, applicable: false, event: null }
  }),
  panelled(),
  decided('upheld', { applicable: true })
]
