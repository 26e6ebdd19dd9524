import type { AnyCommand } from '../../commands/command.ts'
import type { Role } from '../events/forms.ts'

/*
 * Who may call what and who sees which fields: all of it is here. A route that has no line in this table stops the
 * start, so nothing is open by oversight.
 */

export type Reads = 'everything' | 'own' | 'figures'

/**
 * How much a role reads. `own`: the whole of one's own cases (an assessor's units and those below them, a panelist's
 * panels) and the figures of all others; `figures`: what is left without the fields that are withheld.
 */
export const roleReads: Readonly<Record<Role, Reads>> = {
  auditor: 'everything',
  registrar: 'everything',
  expert: 'everything',
  assessor: 'own',
  panelist: 'own',
  viewer: 'figures'
}

/** What names a person, gives a reason, or leads to a letter or a document: null to readers of figures. */
export const withheldFields: ReadonlySet<string> = new Set([
  'actor',
  'answer',
  'authority',
  'by',
  'byUnits',
  'chair',
  'dissent',
  'evidence',
  'evidenceConsidered',
  'grounds',
  'letter',
  'members',
  'note',
  'onBehalf',
  'panel',
  'person',
  'present',
  'question',
  'reason',
  'reasonCode',
  'reasons',
  'ruleReference',
  'signatory'
])

/**
 * Acts that readers of figures are not told of: the course of an appeal and what was attached. A decision moves the
 * figure, so that it is shown without its words.
 */
export const withheldActs: ReadonlySet<string> = new Set([
  'AppealFiled',
  'AppealAnswered',
  'PanelAssigned',
  'AppealInformationRequested',
  'AppealInformationProvided',
  'AppealEscalated',
  'AppealWithdrawn',
  'AppealWaived',
  'EvidenceAttached'
])

export interface RouteAccess {
  /** Everybody without a token, anyone with one, or those in certain roles. */
  who: 'public' | 'anyone' | readonly Role[]
  /** What those in other roles are told: that it is not for them (403), or that there is no such thing (404). */
  others: 'forbidden' | 'hidden'
  /** What a reader of figures gets: all there is, all but the withheld fields, or nothing. */
  figures: 'all' | 'redacted' | 'nothing'
  /** A page for people: its session may be a cookie, and its forms are no JSON. */
  isPage?: true
}

/** By method and pattern; a GET stands for its HEAD too. */
export type AccessTable = Readonly<Record<string, RouteAccess>>

const everybody: RouteAccess = { who: 'public', others: 'hidden', figures: 'all' }
const figures: RouteAccess = { who: 'anyone', others: 'hidden', figures: 'all' }
const redacted: RouteAccess = { who: 'anyone', others: 'hidden', figures: 'redacted' }
/** Who reads the ledger itself. */
export const ledgerReaders: readonly Role[] = ['auditor', 'registrar', 'expert']
/** Who reads the whole of some cases, appeals included: all of them, or their own. */
export const caseReaders: readonly Role[] = [...ledgerReaders, 'assessor', 'panelist']

const ownCases: RouteAccess = {
  who: caseReaders,
  others: 'hidden',
  figures: 'nothing'
}
const wholeLedger: RouteAccess = {
  who: ledgerReaders,
  others: 'hidden',
  figures: 'nothing'
}

/** Every route but the commands, whose files say themselves which roles may. */
export const routeAccess: AccessTable = {
  'GET /health/live': everybody,
  'GET /health/ready': everybody,
  'GET /metrics': everybody,
  'GET /openapi.json': everybody,
  'GET /docs/*': everybody,
  'GET /problems/:code': everybody,
  'GET /schemas/:schema': everybody,
  'GET /.well-known/jwks.json': everybody,

  'GET /v1/me': figures,
  'GET /v1/units': figures,
  'GET /v1/units/:unit': figures,
  'GET /v1/units/:unit/comparison': figures,
  'GET /v1/units/:unit/ranks': figures,
  'GET /v1/frameworks': figures,
  'GET /v1/frameworks/:framework': figures,
  'GET /v1/frameworks/:framework/coverage': figures,
  'GET /v1/frameworks/:framework/nodes/:node/evaluations': redacted,
  'GET /v1/evaluations': figures,
  'GET /v1/evaluations/:evaluation': redacted,
  'GET /v1/evaluations/:evaluation/trail': redacted,
  'GET /v1/evaluations/:evaluation/nodes/:node': redacted,
  'GET /v1/evaluations/:evaluation/changes': figures,
  'GET /v1/evaluations/:evaluation/events': ownCases,
  'GET /v1/trail': redacted,
  'GET /v1/league': figures,
  'GET /v1/discrepancies': redacted,
  'GET /v1/discrepancies/statistics': figures,
  'GET /v1/appeals': ownCases,
  'GET /v1/appeals/statistics': ownCases,
  'GET /v1/appeals/:appeal': ownCases,
  'GET /v1/duties': wholeLedger,
  'GET /v1/events': wholeLedger,
  'GET /v1/events/live': wholeLedger,
  'GET /v1/events/:event': ownCases,
  'GET /v1/operations': wholeLedger,

  'POST /v1/simulations': {
    who: ['auditor', 'registrar', 'panelist', 'assessor'],
    others: 'forbidden',
    figures: 'nothing'
  }
}

/** The lines of commands, by the roles that each says. */
export const commandAccess = (commands: readonly AnyCommand[]): AccessTable =>
  Object.fromEntries(
    commands.map(({ name, roles }) => [
      `POST /v1/commands/${name}`,
      { who: roles, others: 'forbidden', figures: 'nothing' }
    ])
  )
