import { html } from 'ghtml'
import type { Html } from '../page.ts'

/* Any JSON value as lists within lists. Names and values are those of the ledger, in its own letters. */

/** More members than this are shown only when asked for. */
const OPEN_MAX = 12

/** `items` says how many a folded list has. */
export function tree(value: unknown, items: (count: number) => string): Html {
  if (Array.isArray(value)) return folded(value.length, items, listOf(value, items))
  if (value === null || typeof value !== 'object') return scalar(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  const rows = members.map(([name, member]) => html`<dt>${name}</dt><dd>!${tree(member, items)}</dd>`)
  return rows.length === 0 ? '<span class="soft">{}</span>' : html`<dl class="tree">!${rows.join('')}</dl>`
}

function listOf(values: readonly unknown[], items: (count: number) => string): Html {
  if (values.length === 0) return '<span class="soft">[]</span>'
  return html`<ol class="tree">!${values.map((each) => html`<li>!${tree(each, items)}</li>`).join('')}</ol>`
}

const folded = (count: number, items: (count: number) => string, list: Html): Html =>
  count <= OPEN_MAX ? list : html`<details><summary dir="auto">${items(count)}</summary>!${list}</details>`

const scalar = (value: unknown): Html =>
  typeof value === 'string' ? html`<bdi>${value}</bdi>` : html`<code>${String(value)}</code>`
