import type { Role } from '../events/forms.ts'

/* Who is shown the way to which part; the API decides again whenever it is asked. */

/** Readers of their own cases, whose appeals they may see. */
export const ownCases: readonly Role[] = ['auditor', 'registrar', 'expert', 'assessor', 'panelist']

/** Readers of the ledger itself. */
export const ledgerOnly: readonly Role[] = ['auditor', 'registrar', 'expert']
