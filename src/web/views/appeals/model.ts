import type { Context } from '../../context.ts'
import type { Named } from '../../language.ts'
import type { Place } from '../../page.ts'
import type { AppealFile, Simulation } from '../../reads.ts'

/** What the page of one case shows. */
export interface CaseModel {
  file: AppealFile
  unitName: Named
  /** What would follow if it were upheld; null unless asked for. */
  ifUpheld: Simulation | null
  asOf: AppealFile['asOf']
}

/** Which appeal an address is about. */
export const appealIn = ({ params }: Pick<Place, 'params'>): string => params.appeal ?? ''

/** What the disputed node is called. */
export const nodeName = (context: Context, { title, node }: AppealFile): string =>
  title ? context.name(title) : node
