import { z } from 'zod'
import { Level } from '../../src/events/forms.ts'

/*
 * The sample's files as they are read. Only what the ledger takes is looked at; quantities stay as they are printed
 * until they become part of a command.
 */

/** Texts of the files by name. */
export type SampleFiles = Readonly<Record<string, string>>

/** The lists a node may have below it, and what stands in them. */
const KINDS = { axes: 'axis', criteria: 'criterion', indicators: 'indicator', measures: 'measure' } as const

const Domain = z.looseObject({ title: z.string(), titleEn: z.string().optional() })
export type Domain = z.infer<typeof Domain>

const NodeFields = z.looseObject({
  code: z.string(),
  title: z.string(),
  titleEn: z.string().optional(),
  ceiling: z.string(),
  notApplicable: z.enum(['remove', 'spread']).optional(),
  definition: z.array(z.string()).default([]),
  legalBasis: z.array(z.string()).default([]),
  titleVariants: z.array(z.looseObject({ text: z.string(), where: z.string() })).default([]),
  unit: z.string().optional(),
  standard: z.string().optional(),
  weight: z.string().optional(),
  printedSection: z.string().optional(),
  responsibleDomain: Domain.nullish(),
  collaboratingDomains: z.array(Domain).default([]),
  notRecoverable: z.looseObject({ indicators: z.string() }).optional()
})

/** A node of a framework file, with its place in the tree. */
export interface SampleNode extends z.infer<typeof NodeFields> {
  parent: string | null
  kind: 'set' | (typeof KINDS)[keyof typeof KINDS]
}

const Score = z.looseObject({
  code: z.string(),
  kind: z.enum(['total', 'indicator', 'measure']),
  title: z.string(),
  level: Level,
  ceiling: z.string().nullable(),
  score: z.string().nullable(),
  percent: z.string().nullable(),
  source: z.string(),
  printedCells: z.array(z.string()).optional(),
  /** Printed instead of a figure. */
  cell: z.string().optional(),
  lost: z.boolean().optional()
})
export type SampleScore = z.infer<typeof Score>

const Step = z.looseObject({
  fromYear: z.string(),
  toYear: z.string(),
  code: z.string(),
  kinds: z.array(z.enum(['same', 'renamed', 'ceilingChanged', 'added', 'removed', 'split', 'merged'])).min(1),
  evidence: z.array(z.string()),
  note: z.string().optional()
})
/** What became of a node from one year to the next. */
export type SampleStep = z.infer<typeof Step>

const Lineage = z.looseObject({
  axesAndCriteria: z.array(Step),
  indicators: z.array(Step),
  measures: z.array(Step)
})

const byYear = z.record(z.string(), z.string().nullable())
const TotalsTable = z.looseObject({
  rows: z.array(
    z.looseObject({
      code: z.string().nullable(),
      count: byYear,
      ceiling: byYear,
      printedCells: z.array(z.string())
    })
  )
})
export type TotalsTable = z.infer<typeof TotalsTable>
const Totals = z.looseObject({ table3: TotalsTable, table4: TotalsTable, table5: TotalsTable })

const Dispute = z.looseObject({
  dispute: z.looseObject({
    indicator: z.string(),
    argument: z.looseObject({ fa: z.string() }),
    figures: z.looseObject({ insured: z.string(), eligible: z.string(), nationalTargetPercent: z.string() })
  })
})
export type Dispute = z.infer<typeof Dispute>['dispute']

/** One year: nodes parents first, and what is printed about them. */
export interface SampleYear {
  year: string
  nodes: SampleNode[]
  scores: SampleScore[]
}

export interface Sample {
  organisation: { fa: string; en?: string }
  years: SampleYear[]
  steps: SampleStep[]
  totals: z.infer<typeof Totals>
  dispute: Dispute
}

const FrameworkFile = z.looseObject({
  sets: z.array(z.unknown()),
  organisation: z.string().optional(),
  organisationEn: z.string().optional()
})

/** Parses all files; which years there are, the names of the framework files say. Throws where a file is not of its form. */
export function parseSample(files: SampleFiles): Sample {
  const read = <T>(name: string, form: z.ZodType<T>): T => {
    const text = files[name]
    if (text === undefined) throw new Error(`the sample lacks ${name}`)
    return form.parse(JSON.parse(text))
  }
  const years = Object.keys(files)
    .flatMap((name) => /^framework-(\d+)\.json$/.exec(name)?.[1] ?? [])
    .sort()
  const frameworks = years.map((year) => read(`framework-${year}.json`, FrameworkFile))
  const named = frameworks.find(({ organisation }) => organisation !== undefined)
  if (!named?.organisation) throw new Error('no framework file names the organisation')
  const lineage = read('lineage.json', Lineage)
  return {
    organisation: {
      fa: named.organisation,
      ...(named.organisationEn === undefined ? {} : { en: named.organisationEn })
    },
    years: years.map((year, i) => ({
      year,
      nodes: (frameworks[i]?.sets ?? []).flatMap((set) => nodesOf(set, null, 'set')),
      scores: read(`scores-${year}.json`, z.looseObject({ records: z.array(Score) })).records
    })),
    steps: [...lineage.axesAndCriteria, ...lineage.indicators, ...lineage.measures],
    totals: read('totals.json', Totals),
    dispute: read('dispute-insurance.json', Dispute).dispute
  }
}

/** A node and all that is below it, parents first. */
function nodesOf(raw: unknown, parent: string | null, kind: SampleNode['kind']): SampleNode[] {
  const node = NodeFields.parse(raw)
  const lists = Object.entries(KINDS).flatMap(([list, below]) => {
    const children = z.array(z.unknown()).nullish().parse(node[list]) ?? []
    return children.flatMap((child) => nodesOf(child, node.code, below))
  })
  return [{ ...node, parent, kind }, ...lists]
}
