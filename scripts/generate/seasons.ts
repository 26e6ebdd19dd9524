import type { FrameworkNode } from '../../src/events/forms.ts'
import type { Agenda, Play } from './agenda.ts'
import { firstTree, type Link, nextTree } from './framework.ts'
import { life } from './life.ts'
import { CENTRE, expertsOf, registrar } from './people.ts'
import { DAY, HOUR, MINUTE, type Place } from './place.ts'
import type { Random } from './random.ts'
import { NOTES } from './words.ts'
import type { World } from './world.ts'

export interface Plan {
  units: number
  years: number
  nodes: number
  /** Of a hundred judged leaves so many are appealed. */
  appeals: number
}

/** The last year that is judged; everything is over long before anybody generates it. */
const LAST_YEAR = 1402
const GREGORIAN = 621
const SERIES = 'yearly'
/** One province has so many units. */
export const UNITS_PER_PROVINCE = 40
const SIZES = ['large', 'medium', 'small'] as const

/** The ledger begins in the winter before the first year is judged. */
export const beginOf = ({ years }: Plan): number => Date.UTC(LAST_YEAR - years + 1 + GREGORIAN, 11, 1, 5)

/** Registers all units, then judges them year after year; a year may begin before the last of the former is over. */
export function* seasons(world: World, agenda: Agenda, random: Random, plan: Plan): Play {
  yield* registerUnits(world, random.fork('units'), plan.units)
  let nodes = firstTree(random.fork('tree'), plan.nodes)
  let links: Link[] = []
  for (let i = 0; i < plan.years; i++) {
    const year = LAST_YEAR - plan.years + 1 + i
    const chance = random.fork(`year ${year}`)
    if (i > 0) ({ nodes, links } = nextTree(chance, nodes))
    const opening = Date.UTC(year + GREGORIAN + 1, 3, 10, 5)
    yield Math.max(0, opening - world.now)
    publish(world, chance, year, nodes)
    yield* link(world, chance, year, links)
    for (let unit = 1; unit <= plan.units; unit++) {
      const place = placeOf(world, agenda, chance, year, unit, plan.appeals)
      agenda.add(world.now + chance.between(1, 10 * 24 * 60) * MINUTE, life(place, frameworkOf(year)))
    }
    yield* secondThoughts(world, chance, year, plan.units)
  }
}

const frameworkOf = (year: number): string => `${year}-${SERIES}`
const unitId = (unit: number): string => `u-${unit}`

function placeOf(
  world: World,
  agenda: Agenda,
  chance: Random,
  year: number,
  number: number,
  appeals: number
): Place {
  const unit = unitId(number)
  const evaluation = `${frameworkOf(year)}.${unit}`
  const [expert, colleague] = expertsOf(number)
  const beside = (play: Play) => agenda.add(world.now, play)
  return { world, random: chance.fork(unit), evaluation, unit, expert, colleague, appeals, beside }
}

function* registerUnits(world: World, random: Random, units: number): Play {
  const register = (unit: string, fa: string, kind: string, more: object = {}) =>
    world.ask('register-unit', { unit, name: { fa }, kind, ...more }, registrar(random))
  register(CENTRE, 'ستاد مرکزی', 'headquarters')
  register('centre-finance', 'معاونت مالی ستاد', 'office', { parent: CENTRE })
  for (let unit = 1; unit <= units; unit++) {
    const province = `province-${Math.ceil(unit / UNITS_PER_PROVINCE)}`
    const groups = [random.of(SIZES), ...(random.percent(20) ? ['border'] : [])]
    if (unit % UNITS_PER_PROVINCE === 1)
      register(province, `استان ${Math.ceil(unit / UNITS_PER_PROVINCE)}`, 'organisation', {
        parent: CENTRE,
        province
      })
    const kind = random.percent(70) ? 'directorate' : 'office'
    register(unitId(unit), `واحد ${unit}`, kind, { parent: province, province, groups })
    yield random.between(1, 9) * MINUTE
  }
}

function publish(world: World, random: Random, year: number, nodes: readonly FrameworkNode[]): void {
  const gregorian = year + GREGORIAN
  const period = {
    id: String(year),
    title: { fa: `سال ${year}` },
    startsOn: `${gregorian}-03-21`,
    endsOn: `${gregorian + 1}-03-19`
  }
  const grades = [
    { from: '85', title: { fa: 'عالی' } },
    { from: '70', title: { fa: 'خوب' } },
    { from: '50', title: { fa: 'متوسط' } },
    { from: '0', title: { fa: 'ضعیف' } }
  ]
  const appeal = { windowDays: 15, escalationDays: 10, decisionDays: 30, instances: 2 }
  const rules = { issuedBy: CENTRE, notApplicable: 'remove', appeal, grades }
  const title = { fa: `شیوه‌نامه ارزیابی عملکرد سال ${year}` }
  world.ask(
    'publish-framework',
    { framework: frameworkOf(year), period, title, nodes, ...rules },
    registrar(random)
  )
}

function* link(world: World, random: Random, year: number, links: readonly Link[]): Play {
  const [before, now] = [frameworkOf(year - 1), frameworkOf(year)]
  for (const { node, relation, before: code } of links) {
    yield random.between(1, 4) * MINUTE
    const framework = relation === 'retired' ? before : now
    const predecessors = code === null ? [] : [{ framework: before, node: code }]
    world.ask('link-lineage', { framework, node, relation, predecessors }, registrar(random))
  }
}

/** While units fill in their claims, one node of the framework is put more clearly, and a few units are moved. */
function* secondThoughts(world: World, random: Random, year: number, units: number): Play {
  yield random.between(12, 20) * DAY
  const nodes = world.framework(frameworkOf(year)).trees.at(-1)?.nodes ?? []
  const node = nodes.find(({ rule }) => rule && 'target' in rule)
  if (node) {
    const put = [{ ...node, description: `${random.of(NOTES)} (${year})` }]
    const body = { framework: frameworkOf(year), put, remove: [], reason: random.of(NOTES) }
    world.ask('amend-framework', body, registrar(random))
  }
  for (let unit = random.between(1, Math.min(units, 100)); unit <= units; unit += random.between(60, 140)) {
    yield random.between(1, 30) * HOUR
    const body = {
      unit: unitId(unit),
      groups: [random.of(SIZES), `merged-${year}`],
      reason: random.of(NOTES)
    }
    world.ask('reclassify-unit', body, registrar(random))
  }
}
