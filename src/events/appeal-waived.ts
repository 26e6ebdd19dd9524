import { z } from 'zod'
import { eventType } from './envelope.ts'

/** The unit accepts the result; no appeal will come. */
export const AppealWaived = eventType('AppealWaived', z.strictObject({}))
