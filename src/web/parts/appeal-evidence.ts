import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import type { AppealFile } from '../reads.ts'
import { evidenceKinds, appeals as words } from '../words/appeals.ts'
import { frame } from '../words/frame.ts'
import { term } from '../words/terms.ts'
import { person } from './appeal.ts'
import { tag, time } from './figures.ts'
import { type Column, table } from './table.ts'

/* Documents of a case. Karnameh keeps where they are and what they hash to, not the documents themselves. */

export type Document = AppealFile['evidence'][number]

/** What a document is called; its id where nobody gave it a name. */
export const documentName = (context: Context, { title, evidence }: Document): string =>
  title ? context.name(title) : evidence

/** Documents as a table, each with what binds it to the file that somebody may hold. */
export function evidenceTable(context: Context, documents: readonly Document[], caption: string): Html {
  const { say } = context
  const columns: Column<Document>[] = [
    {
      head: say(words.document),
      cell: (each) =>
        html`<bdi>${documentName(context, each)}</bdi>!${each.afterSubmission ? html` !${tag(say(words.late), 'warn')}` : ''}`
    },
    {
      head: say(words.kind),
      cell: ({ kind }) =>
        kind === null ? html`${say(frame.notInSource)}` : html`${say(term(evidenceKinds, kind))}`
    },
    { head: say(words.place), cell: ({ uri }) => (uri === null ? '' : address(uri)) },
    {
      head: 'SHA-256',
      cell: ({ sha256 }) => (sha256 === null ? '' : html`<code dir="ltr">${sha256}</code>`)
    },
    { head: say(words.attached), cell: ({ by }) => (by === null ? '' : person(by)) },
    { head: say(words.at), cell: ({ at }) => time(context, at) }
  ]
  return table(context, columns, documents, { caption, isCaptionHidden: true })
}

/** The same for a sheet of paper: a line each, and what binds it below. */
export function evidenceList(context: Context, documents: readonly Document[]): Html {
  const items = documents.map((each) => {
    const kind = each.kind === null ? [] : [context.say(term(evidenceKinds, each.kind))]
    const late = each.afterSubmission ? [context.say(words.late)] : []
    const about = [...kind, ...late].join(' · ')
    const place = each.uri === null ? '' : html` · !${address(each.uri)}`
    const hash = each.sha256 === null ? '' : html`<br><code dir="ltr">SHA-256 ${each.sha256}</code>`
    return html`<li><bdi>${documentName(context, each)}</bdi>!${about ? html` (${about})` : ''}!${place}!${hash}</li>`
  })
  return html`<ol>!${items.join('')}</ol>`
}

/** An address as a link only where following it opens a page of the web and nothing else. */
export function address(uri: string): Html {
  const isWeb = /^https?:\/\//i.test(uri) && URL.canParse(uri)
  return isWeb
    ? html`<a href="${uri}" rel="noopener noreferrer external" dir="ltr">${uri}</a>`
    : html`<bdi dir="ltr">${uri}</bdi>`
}
