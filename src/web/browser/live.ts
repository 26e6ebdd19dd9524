/*
 * The only script of the pages. They are whole without it; with it an open page reads itself again when something new
 * has been recorded. It is sent to browsers as it stands here, so it has no annotations.
 */

const page = document.body.dataset
const note = document.getElementById('fresh')

const isPast = page.past === 'true'

if (page.live !== undefined && !isPast && note && 'EventSource' in window) {
  const address = new URL('/live', location.href)
  address.searchParams.set('about', page.live)
  address.searchParams.set('after', page.position ?? '')
  const feed = new EventSource(address)
  let waiting = 0
  feed.addEventListener('message', ({ data }) => {
    // Many events in a moment are one reading.
    clearTimeout(waiting)
    waiting = window.setTimeout(() => renew(data), 300)
  })
  window.addEventListener('pagehide', () => feed.close())
}

/** Whoever is typing, or has a list open, is told; everybody else gets the page anew. */
const renew = async (position = '') => {
  if (!note) return
  if (page.typed === 'true' || isTyping()) {
    note.textContent = page.freshTyped ?? ''
    return
  }
  const address = new URL(location.href)
  address.searchParams.set('waitFor', position)
  address.searchParams.delete('done')
  const answer = await fetch(address, { headers: { accept: 'text/html' } })
  if (!answer.ok || answer.redirected) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  // Somebody may have begun meanwhile.
  if (isTyping()) {
    note.textContent = page.freshTyped ?? ''
    return
  }
  const opened = [...document.querySelectorAll('details')].map(({ open }) => open)
  for (const part of ['main', '.moment']) {
    const [old, next] = [document.querySelector(part), fresh.querySelector(part)]
    if (old && next) old.replaceWith(next)
  }
  for (const [index, details] of document.querySelectorAll('details').entries()) {
    if (opened[index]) details.open = true
  }
  note.textContent = (page.fresh ?? '').replace(
    '{position}',
    new Intl.NumberFormat(document.documentElement.lang).format(Number(position))
  )
  window.setTimeout(() => {
    note.textContent = ''
  }, 8000)
}

/** Somebody is about to type, or has typed and not sent, in what would be exchanged. */
const isTyping = () => {
  const focused = document.activeElement
  if (focused?.matches('input, textarea, select') && focused.closest('main, .moment')) return true
  for (const field of document.querySelectorAll('main input, main textarea, .moment input')) {
    const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    if (isText && field.value !== field.defaultValue) return true
  }
  return false
}
