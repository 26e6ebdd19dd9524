import { caseTables, follow, onCaseEvents } from './cases.ts'
import { followLink, linkTable } from './links.ts'
import type { Projection } from './projection.ts'

/** Evaluations, frameworks and the lineage of their nodes; years are held against each other when they are read. */
export const comparisonCases = caseTables('comparison')
export const comparisonLinks = linkTable('comparison')

export const comparison: Projection = {
  name: 'comparison',
  version: 1,
  tables: [comparisonCases.frameworks, comparisonCases.evaluations, comparisonLinks].map(
    (spec) => spec as unknown as Projection['tables'][number]
  ),
  on: onCaseEvents((event, get) => {
    const { changes } = follow(comparisonCases, event, get)
    return event.type === 'LineageLinked' ? [...changes, ...followLink(comparisonLinks, event, get)] : changes
  })
}
