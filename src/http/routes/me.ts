import { z } from 'zod'
import type { AnyCommand } from '../../../commands/command.ts'
import { Role } from '../../events/forms.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { readRoute } from '../describe.ts'
import { AsOf } from '../moment.ts'
import type { Reading } from '../reading.ts'
import { readsOf } from '../visibility.ts'

export const Me = z.strictObject({
  sub: z.string(),
  role: Role,
  units: z.array(z.string()),
  commands: z.array(z.string()),
  reads: z.enum(['everything', 'own', 'figures']),
  asOf: AsOf
})

export function meRoutes(app: App, reading: Reading, commands: readonly AnyCommand[]): void {
  const options = readRoute({
    summary: { fa: 'من کیستم و چه می‌توانم', en: 'Who I am and what I may do' },
    tag: 'identity',
    answer: Me
  })
  app.get('/v1/me', options, async (request, reply) => {
    const actor = actorOf(request)
    const mine = commands.filter(({ roles }) => roles.includes(actor.role)).map(({ name }) => name)
    const { id: sub, role, units } = actor
    const moment = await reading.moments.of({})
    return reading.one(reply, moment, { sub, role, units, commands: mine, reads: readsOf(actor) })
  })
}
