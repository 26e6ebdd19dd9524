import t from 'tap'
import { z } from 'zod'
import { commands } from '../../commands/catalogue.ts'
import { NamedPerson } from '../../commands/define.ts'
import { malformed } from '../../commands/malformed.ts'
import { Claim, Measurement, PrintedNumber, Quantity, Slug, Title } from '../../src/events/forms.ts'
import { problemOf } from '../../src/http/problem.ts'

const faults = (form: z.ZodType, value: unknown) => {
  const { error } = form.safeParse(value)
  if (!error) throw new Error('nothing is wrong')
  const refusal = malformed(error)
  const [en, fa] = (['en', 'fa'] as const).map((language) => problemOf(refusal, language, 'x').errors ?? [])
  return { en: en ?? [], fa: fa ?? [] }
}

t.test('each broken place is told in the language of the reader', async (t) => {
  const form = z.strictObject({
    name: z.string().min(1).max(3),
    list: z.array(z.string()).min(2),
    day: z.iso.date(),
    kind: z.enum(['a', 'b'])
  })
  const bad = { name: '', list: [], day: 'x', kind: 'c', more: 1 }
  t.strictSame(faults(form, bad).fa, [
    { pointer: '/name', detail: 'نباید خالی باشد' },
    { pointer: '/list', detail: 'باید دست‌کم 2 مورد باشد' },
    { pointer: '/day', detail: 'باید تاریخی میلادی مانند 2024-03-20 باشد' },
    { pointer: '/kind', detail: 'باید یکی از این‌ها باشد: a، b' },
    { pointer: '/more', detail: 'چنین فیلدی نیست' }
  ])
  t.match(faults(form, { ...bad, name: 5 }).fa[0], { detail: 'باید متن باشد' })
  t.match(faults(form, { ...bad, name: 'long' }).fa[0], { detail: 'باید حداکثر 3 نویسه باشد' })
  t.match(faults(form, {}).fa[0], { detail: 'لازم است و نیامده است' })
  t.match(faults(form, bad).en[4], { pointer: '/more', detail: 'no such field' })
})

t.test('what forms say in a sentence of their own has one in Persian', async (t) => {
  const said: [z.ZodType, unknown][] = [
    [Slug, 'A'],
    [Quantity, '۱'],
    [PrintedNumber, 'x'],
    [Measurement.shape.denominator, '0'],
    [Claim, { points: '1.23456' }],
    [NamedPerson, '\ud800'],
    [Title, { fa: '' }]
  ]
  for (const command of commands) said.push([command.body, []])
  const vague = /^(پذیرفته نیست|شکل درست ندارد)$/
  for (const [form, value] of said) {
    const { en, fa } = faults(form, value)
    t.strictSame(
      fa.map(({ pointer }) => pointer),
      en.map(({ pointer }) => pointer)
    )
    for (const { detail } of fa) t.ok(/[\u0600-\u06ff]{3}/.test(detail) && !vague.test(detail), detail)
  }
})
