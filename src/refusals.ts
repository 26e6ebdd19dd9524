import { appeals } from './refusals-appeals.ts'
import { registers } from './refusals-registers.ts'
import { persons, requests } from './refusals-requests.ts'
import { scores } from './refusals-scores.ts'

/** Every way to say no, by its code. */
export const refusals = { ...requests, ...persons, ...registers, ...scores, ...appeals }

export type RefusalCode = keyof typeof refusals
