import t from 'tap'
import { startTestApp, type Who } from '../support/app.ts'
import { refused } from '../support/refused.ts'
import { expert, openRehearsal, registrar, YAZD, yazdi } from '../support/rehearsal.ts'

/** A claim of Yazd on `G.1.a`, whose points are entered; measured ones on `G.1.b`. */
const claim = (more: object) => ({ evaluation: YAZD, node: 'G.1.a', ...more })
const measured = (measurement: object) => claim({ node: 'G.1.b', measurement })

/** No form in which points are written, nor a type that carries them exactly. */
const NO_POINTS = [
  ...['-1', '1.00001', '۱۲', '١٢', '1e1', '012', '', ' 1', '1,5', '+1', '.5', '1.', '1000000000', 'NaN'],
  ...[12.5, 1, null, ['1'], { value: '1' }, true]
]

const NO_MEASUREMENT: [name: string, measurement: object][] = [
  ['a denominator of zero', { numerator: '1', denominator: '0' }],
  ['a denominator of 0.000', { numerator: '1', denominator: '0.000' }],
  ['a negative denominator', { numerator: '1', denominator: '-2' }],
  ['a baseline of zero', { numerator: '1', baseline: '0' }],
  ['a target of zero', { numerator: '1', target: '0.0' }],
  ['a numerator of seven fraction digits', { numerator: '1.0000001' }],
  ['a numerator of sixteen digits', { numerator: '1'.repeat(16) }],
  ['a numerator in Persian digits', { numerator: '۹' }],
  ['a numerator as a number', { numerator: 9 }],
  ['no numerator', { denominator: '9' }],
  ['something beside', { numerator: '1', weight: '2' }]
]

t.test('figures that are none are refused, and change nothing', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const enter = (name: string, body: object, status: number, code: string, who: Who = yazdi) =>
    refused(t, app, name, (headers) => app.command(who, 'enter-self-score', body, headers), status, code)

  for (const points of NO_POINTS) {
    const { errors } = await enter(`points ${JSON.stringify(points)}`, claim({ points }), 400, 'malformed')
    t.match(errors, [{ pointer: '/points', detail: /./ }], 'the place is named')
  }
  for (const [name, measurement] of NO_MEASUREMENT) {
    const { errors } = await enter(name, measured(measurement), 400, 'malformed')
    t.match(errors, [{ pointer: /^\/measurement\// }], 'the place is named')
  }
  const numerator = '1'
  await enter('both', claim({ points: '1', measurement: { numerator } }), 400, 'malformed')
  await enter('neither', claim({}), 400, 'malformed')
  await enter('points above the ceiling', claim({ points: '20.0001' }), 409, 'above-ceiling')
  await enter('points for a rule', claim({ node: 'G.1.b', points: '1' }), 409, 'measurement-needed')
  await enter(
    'a measurement without a rule',
    claim({ measurement: { numerator } }),
    409,
    'measurement-on-direct'
  )
  const growth = { ...measured({ numerator }), node: 'G.1.c' }
  await enter('growth over nothing', growth, 409, 'baseline-missing')

  const target = { evaluation: YAZD, node: 'G.1.b', target: '0' }
  const assign = (headers: Record<string, string>) => app.command(registrar, 'assign-target', target, headers)
  await refused(t, app, 'an assigned target of zero', assign, 400, 'malformed')
  const grant = {
    evaluation: YAZD,
    node: 'G.2.b',
    reasonCode: 'calculation',
    reason: 'a code of the other list'
  }
  const exempt = (headers: Record<string, string>) =>
    app.command(expert, 'grant-not-applicable', grant, headers)
  await refused(t, app, 'a reason code of the other list', exempt, 400, 'malformed')

  await app.act(yazdi, 'enter-self-score', claim({ points: '19.9999' }))
  await app.act(yazdi, 'enter-self-score', claim({ points: '20.0000' }))
  const { items } = await app.read(yazdi, `/v1/evaluations/${YAZD}/events`)
  t.equal(items.at(-1).data.points, '20', 'the ceiling itself is not above it, and is kept minimal')
})
