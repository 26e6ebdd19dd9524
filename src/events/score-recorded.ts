import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Level, Measurement, NodeCode, Points, Source, Text } from './forms.ts'

/** A score of an imported evaluation, as its source gives it. */
export const ScoreRecorded = eventType(
  'ScoreRecorded',
  z.strictObject({
    node: NodeCode,
    level: Level,
    points: Points,
    measurement: Measurement.optional(),
    note: Text.optional(),
    source: Source
  })
)
