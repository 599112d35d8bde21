// Writes down each time that it is called, so that it can be seen when it is not.
import { appendFileSync } from 'node:fs'

export default function reply(message) {
  appendFileSync(new URL('calls', import.meta.url), `${message}\n`)
  if (/order/.test(message)) return { content: 'Your order comes tomorrow. The code is otter-4711.', end: true }
  if (/broken/.test(message)) return ''
  return { content: 'Good morning.', end: true }
}
