// Runs on the page of a result in progress: shows each part of it again once the server sends another.
import type { LiveMessage } from '../../domain/live-part.js'

const note = document.getElementById('live-note')
const shown = new Map<string, string>()
const stream = new EventSource('live')

stream.addEventListener('message', ({ data }) => {
  const { parts, isOver } = JSON.parse(String(data)) as LiveMessage
  for (const { id, html } of parts) {
    const place = document.getElementById(id)
    // What did not change stays as it is, with what people have selected and unfolded in it.
    if (place && shown.get(id) !== html) place.innerHTML = html
    shown.set(id, html)
  }
  if (note) note.textContent = ''
  if (!isOver) return
  stream.close()
  // The same address is now that of its report.
  location.reload()
})
stream.addEventListener('error', () => {
  if (!note) return
  note.textContent =
    stream.readyState === EventSource.CLOSED
      ? 'The server does not send news any more. Open this page again.'
      : 'The connection to the server is lost. Trying again …'
})
