import { followLink, linkTable } from './links.ts'
import { type Projection, tables } from './projection.ts'

/** The lineage of nodes; years are held against each other when they are read, as the scorecard keeps them. */
export const comparisonLinks = linkTable('comparison')

export const comparison: Projection = {
  name: 'comparison',
  version: 1,
  tables: tables(comparisonLinks),
  on: { LineageLinked: (event, get) => followLink(comparisonLinks, event, get) }
}
