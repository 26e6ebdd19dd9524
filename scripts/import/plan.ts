import { defined } from '../../commands/define.ts'
import type { Title } from '../../src/events/forms.ts'
import { publishFramework } from './framework.ts'
import { lineageCommands } from './lineage.ts'
import {
  ADMINISTRATION,
  evaluationId,
  frameworkId,
  keyOf,
  PARENT,
  type PlannedCommand,
  sourceAt,
  title,
  UNIT
} from './names.ts'
import { type Domain, parseSample, type Sample, type SampleFiles, type SampleYear } from './sample.ts'
import { scoreCommands } from './scores.ts'
import { totalsCommands } from './totals.ts'
import { unplaced } from './unplaced.ts'

/** An import as a list of commands in the order they are to be given, and what found no place in them. */
export interface ImportPlan {
  commands: PlannedCommand[]
  unplaced: Title[]
}

/** Turns the texts of the sample's files into commands. Pure; throws where a file is not of its form. */
export function readSample(files: SampleFiles): ImportPlan {
  const sample = parseSample(files)
  return {
    commands: [
      ...unitCommands(sample),
      ...sample.years.map(publishFramework),
      ...lineageCommands(sample),
      ...sample.years.flatMap((year) => evaluationCommands(sample, year))
    ],
    unplaced: unplaced(sample)
  }
}

function unitCommands({ organisation }: Sample): PlannedCommand[] {
  const units = [
    {
      unit: ADMINISTRATION,
      name: title('سازمان اداری و استخدامی کشور', 'Administrative and Employment Organisation'),
      kind: 'organisation'
    },
    {
      unit: PARENT,
      name: title('سازمان بهزیستی کشور', 'Welfare Organisation (Behzisti)'),
      kind: 'organisation'
    },
    { unit: UNIT, name: organisation, kind: 'directorate', parent: PARENT, province: 'qazvin' }
  ]
  return units.map((body) => ({ command: 'register-unit', key: keyOf('unit', body.unit), body }))
}

/** One year of the judged unit, from opening to final. */
function evaluationCommands(sample: Sample, year: SampleYear): PlannedCommand[] {
  const evaluation = evaluationId(year.year)
  const opening = {
    unit: UNIT,
    framework: frameworkId(year.year),
    origin: 'imported',
    source: sourceAt('the whole report')
  }
  return [
    { command: 'open-evaluation', key: keyOf(year.year, 'open'), body: opening },
    ...responsibilities(year),
    ...totalsCommands(sample, year.year),
    ...scoreCommands(year, sample.dispute),
    { command: 'finalise-evaluation', key: keyOf(year.year, 'finalise'), body: { evaluation } }
  ]
}

function responsibilities({ year, nodes }: SampleYear): PlannedCommand[] {
  return nodes.flatMap(({ code, responsibleDomain, collaboratingDomains }) => [
    ...(responsibleDomain ? [responsibility(year, code, responsibleDomain, 'main', 1)] : []),
    ...collaboratingDomains.map((domain, i) => responsibility(year, code, domain, 'collaborating', i + 1))
  ])
}

function responsibility(
  year: string,
  node: string,
  domain: Domain,
  part: 'main' | 'collaborating',
  number: number
): PlannedCommand {
  const body = defined({
    evaluation: evaluationId(year),
    node,
    domain: title(domain.title, domain.titleEn),
    part
  })
  return {
    command: 'assign-responsibility',
    key: keyOf(year, 'responsible', node, part, String(number)),
    body
  }
}
