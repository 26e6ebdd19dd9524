import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Level, Line, PrintedNumber, Source, Text } from './forms.ts'

/** `total` is a node here; a code that the framework does not know is kept as printed. */
export const About = z.union([
  z.strictObject({ node: z.string().regex(/^[A-Za-z0-9.-]{1,32}$/) }),
  z.strictObject({ label: Line })
])

/** A figure as somebody printed it, errors included. Its numbers keep the printed digits. */
export const FigurePublished = eventType(
  'FigurePublished',
  z.strictObject({
    about: About,
    level: Level.optional(),
    points: PrintedNumber.optional(),
    percent: PrintedNumber.optional(),
    ceiling: PrintedNumber.optional(),
    count: PrintedNumber.optional(),
    rank: z.strictObject({ place: PrintedNumber, of: PrintedNumber.optional(), population: Line }).optional(),
    growthPercent: PrintedNumber.optional(),
    grade: Line.optional(),
    /** The cells verbatim, joined by ` | `. */
    printed: Text,
    source: Source
  })
)
