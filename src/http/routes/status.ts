import { z } from 'zod'
import type { Runner } from '../../../projections/runner.ts'
import { programVersion, runtimeVersion } from '../../program-version.ts'
import type { App } from '../app-type.ts'
import { readRoute } from '../describe.ts'
import type { Metrics } from '../metrics.ts'
import { AsOf } from '../moment.ts'
import type { Reading } from '../reading.ts'
import { Ready } from './operations.ts'

interface Parts {
  reading: Reading
  runner: Pick<Runner, 'status'>
  metrics: Pick<Metrics, 'sseClients'>
  /** What `/health/ready` says, whether it is ready or not. */
  readiness: () => Promise<z.infer<typeof Ready>>
}

export const Operations = Ready.extend({
  program: z.string().describe('Version of the program'),
  runtime: z.string(),
  versions: z.record(z.string(), z.int()).describe('Of each projection: raised whenever its rows change'),
  readers: z.int().describe('How many follow new events as they come'),
  asOf: AsOf
})

/** What this process is and how far it is: the answer of `/health/ready`, for people, with versions; always 200. */
export function statusRoute(app: App, { reading, runner, metrics, readiness }: Parts): void {
  const options = readRoute({
    summary: { fa: 'وضعیت سامانه', en: 'What runs, in which version, and how far it is' },
    tag: 'operations',
    answer: Operations
  })
  app.get('/v1/operations', options, async (_request, reply) => {
    const moment = await reading.moments.of({})
    const [readers] = (await metrics.sseClients.get()).values
    return reading.one(reply, moment, {
      ...(await readiness()),
      program: programVersion,
      runtime: runtimeVersion,
      versions: Object.fromEntries(runner.status().map(({ name, version }) => [name, version])),
      readers: readers?.value ?? 0
    })
  })
}
