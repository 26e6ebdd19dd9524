import type { Page } from './page.ts'
import { changesPage } from './views/changes.ts'
import { evaluationPage } from './views/evaluation.ts'
import { leaguePage } from './views/league.ts'
import { nodePage } from './views/node.ts'

/** Every page, one line each. */
export const pages: readonly Page[] = [leaguePage, evaluationPage, nodePage, changesPage]
