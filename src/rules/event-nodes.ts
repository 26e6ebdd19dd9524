import type { LedgerEvent } from '../events/catalogue.ts'
import type { AppealFiles } from './appeals.ts'

/** The nodes that an event names, or null for one that names none. Events of an appeal name it, not the node. */
export function eventNodes(event: LedgerEvent): string[] | null {
  switch (event.type) {
    case 'SelfAssessmentSubmitted':
      return event.data.blank.map(({ node }) => node)
    case 'EvaluationFinalised':
      return event.data.nodes.map(({ node }) => node)
    case 'FrameworkPublished':
      return event.data.nodes.map(({ code }) => code)
    case 'FrameworkAmended':
      return [...event.data.put.map(({ code }) => code), ...event.data.remove]
    case 'FigurePublished':
      return 'node' in event.data.about ? [event.data.about.node] : null
    default:
      if ('node' in event.data && event.data.node !== undefined) return [event.data.node]
      return 'nodes' in event.data ? [...event.data.nodes] : null
  }
}

/** Like `eventNodes`; an event that names an appeal names that appeal's node. Empty for one that names none. */
export function concernedNodes(event: LedgerEvent, appeals: AppealFiles): string[] {
  const named = eventNodes(event)
  if (named) return named
  if (!('appeal' in event.data) || typeof event.data.appeal !== 'string') return []
  const node = appeals[event.data.appeal]?.node
  return node === undefined ? [] : [node]
}
