import { appeals } from './appeals.ts'
import { comparison } from './comparison.ts'
import { discrepancies } from './discrepancies.ts'
import { duties } from './duties.ts'
import { journal } from './journal.ts'
import { league } from './league.ts'
import { ledger } from './ledger.ts'
import type { Projection } from './projection.ts'
import { registry } from './registry.ts'
import { scorecard } from './scorecard.ts'
import { trail } from './trail.ts'

/** Every projection there is, one line each. */
export const projections: readonly Projection[] = [
  journal,
  ledger,
  registry,
  scorecard,
  trail,
  comparison,
  league,
  discrepancies,
  appeals,
  duties
]
