import { z } from 'zod'
import { formatPoints, POINTS_PATTERN, parsePoints } from '../points.ts'

/*
 * The forms that events share. They are stored for ever: a form may learn to accept more, never less, and what it
 * means never changes.
 */

const text = (max: number) => z.string().trim().min(1).max(max)

/** Words of a person: reasons, notes, grounds, answers. */
export const Text = text(20_000)
/** One line. */
export const Line = text(500)

export const Title = z.strictObject({ fa: text(2_000), en: text(2_000).optional() })
export type Title = z.infer<typeof Title>

const slug = 'lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen'
export const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, slug)
/** A period's id, a hyphen and a series: two slugs of 64. */
export const FrameworkId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,128}$/)
/** A framework, a dot and a unit; 194 characters, so that a path parameter of 200 holds it. */
export const EvaluationId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,128}\.[a-z0-9][a-z0-9-]{0,63}$/)
/** `total` is reserved for the sum of the roots, so no node may be called that. */
export const NodeCode = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,32}$/)
  .refine((code) => code !== 'total', 'total is reserved for the sum of the roots')
export const UlidId = z.ulid()
export const EventId = z.uuid()
/** Who acts, as the token's `sub` names them. */
export const PersonId = z.string().min(1).max(128)

/** Points in units of one point, as a decimal string; kept minimal (`"22.50"` is stored as `"22.5"`). */
export const Points = z
  .string()
  .regex(
    POINTS_PATTERN,
    'points are a decimal string such as "22.5": Latin digits, not negative, at most four after the point'
  )
  .overwrite((value) => {
    const isMinimal = !value.endsWith('0') || !value.includes('.')
    return isMinimal || !POINTS_PATTERN.test(value) ? value : formatPoints(parsePoints(value))
  })

/** A quantity of the measured world: at most 15 digits before and 6 after the point, kept as stated. */
export const Quantity = z
  .string()
  .regex(
    /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/,
    'a decimal string in Latin digits, at most 15 before and 6 after the point'
  )
/** A quantity that something is divided by. */
export const PositiveQuantity = Quantity.refine(
  (value) => /[1-9]/.test(value) && !value.startsWith('-'),
  'must be more than zero'
)

/** A number as somebody printed it, in Latin digits, trailing zeros included. */
export const PrintedNumber = z
  .string()
  .regex(
    /^-?\d{1,15}(\.\d{1,10})?$/,
    'the printed number as a decimal string in Latin digits, at most 15 before and 10 after the point'
  )

export const Day = z.iso.date()
export const Instant = z.iso.datetime()
/** The revision of a stream, from 0. */
export const Revision = z.string().regex(/^(0|[1-9]\d{0,18})$/)
/** Where an event stands in the ledger. */
export const Position = z.string().regex(/^(0|[1-9]\d{0,18})$/)

export const Source = z.strictObject({
  document: text(500),
  place: text(500),
  publishedOn: Day.optional(),
  digits: z.int().min(0).max(4).optional()
})
export type Source = z.infer<typeof Source>

export const Measurement = z.strictObject({
  numerator: Quantity,
  denominator: PositiveQuantity.optional(),
  baseline: PositiveQuantity.optional(),
  target: PositiveQuantity.optional(),
  source: Source.optional()
})
export type Measurement = z.infer<typeof Measurement>

export const Letter = z.strictObject({ number: Line, date: Day, signatory: Line.optional() })

export const Level = z.enum(['self', 'expert', 'final'])
export type Level = z.infer<typeof Level>

/** Why the evaluating side gives other points than were claimed. Closed and translated. */
export const OverrideReason = z.enum([
  'data-corrected',
  'evidence-missing',
  'evidence-insufficient',
  'out-of-period',
  'definition',
  'source-differs',
  'calculation',
  'field-check',
  'other'
])

/** Why a node does not apply to a unit. Closed and translated. */
export const NotApplicableReason = z.enum([
  'not-in-mission',
  'no-subject',
  'not-in-force',
  'outside-authority',
  'not-stated',
  'other'
])

export const Role = z.enum(['assessor', 'expert', 'panelist', 'registrar', 'auditor', 'viewer'])
export type Role = z.infer<typeof Role>

export const UnitKind = z.enum([
  'ministry',
  'headquarters',
  'organisation',
  'fund',
  'directorate',
  'office',
  'aggregate'
])

export const Origin = z.enum(['live', 'imported'])
export type Origin = z.infer<typeof Origin>

export const NotApplicableSetting = z.enum(['remove', 'spread'])

/** How a measurement becomes points; see `src/rules/rule.ts` for the formulas. */
export const Rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('direct') }),
  z.strictObject({
    kind: z.literal('ratio'),
    target: PositiveQuantity,
    factor: PositiveQuantity.optional(),
    direction: z.enum(['higher', 'lower']).optional()
  }),
  z.strictObject({ kind: z.literal('growth'), target: PositiveQuantity }),
  z.strictObject({
    kind: z.literal('bands'),
    bands: z
      .array(z.strictObject({ from: Quantity, points: Points }))
      .min(1)
      .max(100)
  })
])
export type Rule = z.infer<typeof Rule>

export const FrameworkNode = z.strictObject({
  code: NodeCode,
  parent: NodeCode.nullable(),
  kind: z.enum(['set', 'axis', 'criterion', 'indicator', 'measure']),
  title: Title,
  description: Text.optional(),
  ceiling: Points,
  scaled: z.boolean().optional(),
  notApplicable: NotApplicableSetting.optional(),
  unitOfMeasure: Line.optional(),
  target: PositiveQuantity.optional(),
  rule: Rule.optional(),
  reviewedBy: Slug.optional(),
  issuedBy: Slug.optional(),
  issuedOn: Day.optional(),
  basis: z
    .array(z.strictObject({ text: Text, number: Line.optional(), date: Day.optional() }))
    .max(100)
    .optional(),
  requiredEvidence: z.array(Text).max(100).optional(),
  aliases: z
    .array(z.strictObject({ title: Text, where: Line.optional() }))
    .max(100)
    .optional()
})
export type FrameworkNode = z.infer<typeof FrameworkNode>

/** What an appeal asks for. */
export const Claim = z.union([
  z.strictObject({ points: Points, measurement: Measurement.optional() }),
  z.strictObject({ applicable: z.literal(false) }),
  z.strictObject({
    applicable: z.literal(true),
    points: Points.optional(),
    measurement: Measurement.optional()
  })
])

/** Evidence in events is a list of ids. */
export const EvidenceIds = z.array(UlidId).max(200)
