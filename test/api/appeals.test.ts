import t from 'tap'
import { member, ofQazvin, ofYazd, seedAllKinds } from '../support/all-kinds.ts'
import { startTestApp, type Who } from '../support/app.ts'
import { auditor, QAZVIN, viewer } from '../support/rehearsal.ts'

interface Row {
  appeal: string
  node: string
  status: string
}
const nodes = ({ items }: { items: Row[] }) => items.map(({ node }) => node)

t.test('the register of appeals over HTTP', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const { get, read } = app
  const all: { items: Row[]; next: string | null } = await read(auditor, '/v1/appeals')
  t.strictSame(nodes(all), ['G.1.a', 'G.1.b', 'G.2.b'], 'in the order of filing')
  t.strictSame(
    all.items.map(({ status }) => status),
    ['decided', 'withdrawn', 'open']
  )

  await t.test('page by page', async (t) => {
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = await read(auditor, `/v1/appeals?limit=1${next && `&cursor=${next}`}`)
      seen.push(...nodes(page))
      next = page.next
    }
    t.strictSame(seen, nodes(all))
    const open = await read(auditor, '/v1/appeals?limit=1&status=open')
    t.strictSame([nodes(open), open.next], [['G.2.b'], null])
    const csv = await get(auditor, '/v1/appeals', { accept: 'text/csv' })
    t.match(csv.payload, /appeal,evaluation,unit,.*,status,instance,.*,daysLeft,outcome,claimed,moved/)
    t.equal((await get(auditor, '/v1/appeals?status=late')).statusCode, 400)
  })

  await t.test('who reads it', async (t) => {
    const [decided] = all.items
    const file = `/v1/appeals/${decided?.appeal}`
    const above: Who = { id: 'a-7', role: 'assessor', units: ['organisation'] }
    for (const who of [ofQazvin, above, member]) {
      t.strictSame(nodes(await read(who, '/v1/appeals')), nodes(all), `${who.id} sees its own`)
      t.equal((await get(who, file)).statusCode, 200)
    }
    t.strictSame(nodes(await read(ofYazd, '/v1/appeals')), [], 'of others nothing')
    t.strictSame((await read(ofYazd, '/v1/appeals/statistics')).items, [])
    const below: Who = { ...ofQazvin, units: ['qazvin-city'] }
    t.strictSame(nodes(await read(below, '/v1/appeals')), [], 'nor of what is above')
    for (const who of [ofYazd, below, viewer, { ...member, id: 'p-1' }]) {
      t.match((await get(who, file)).json(), { status: 404, code: 'not-found' }, `no file for ${who.id}`)
    }
    t.equal((await get(auditor, '/v1/appeals/01J00000000000000000000000')).statusCode, 404)
  })

  await t.test('what may be done is said wherever an appeal is shown', async (t) => {
    const { items }: { items: (Row & { may: string[] })[] } = await read(ofQazvin, '/v1/appeals')
    t.strictSame(
      items.map(({ may }) => may),
      [['escalate-appeal'], [], ['withdraw-appeal']]
    )
    const open = items[2]?.appeal
    t.strictSame((await read(ofQazvin, `/v1/appeals/${open}`)).may, ['withdraw-appeal'])
    const card = `/v1/evaluations/${QAZVIN}`
    t.ok((await read(ofQazvin, card)).may.includes('withdraw-appeal'))
    t.strictSame((await read(ofYazd, card)).may, [])
    const { asOf } = await read(ofQazvin, card)
    t.strictSame((await read(ofQazvin, `${card}?asOf=${asOf.position}`)).may, [], 'not in the past')
  })
})
