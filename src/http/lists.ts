import type { Asked } from './accept.ts'
import { filterOf, hasCursor, pathOf } from './cursor.ts'
import type { Moment } from './moment.ts'

/** Gives the list that a request asks for a page of: one that is at hand, or what is made of it now. */
export type Lists<List> = (request: Asked, moment: Moment, make: () => List) => List

/**
 * Lists that were worked out for one page, at hand for the pages after it: a cursor names the moment of the first page,
 * and what stood then does not change. So reading a long list to its end costs one working out, not one for each page.
 * The first page is always made anew. Of more than `most` lists the one that was asked for longest ago goes.
 */
export function createLists<List>(most = 4): Lists<List> {
  const lists = new Map<string, List>()
  return (request, { asOf: { position } }, make) => {
    const key = JSON.stringify([position, pathOf(request), filterOf(request)])
    const known = hasCursor(request) ? lists.get(key) : undefined
    const list = known ?? make()
    lists.delete(key)
    lists.set(key, list)
    const [oldest] = lists.keys()
    if (lists.size > most && oldest !== undefined) lists.delete(oldest)
    return list
  }
}
