// Breaks in the first try of one scenario, and forgets to answer well in that of another.
const tries = {}

export default function reply(message, { scenario: { key } }) {
  tries[key] = (tries[key] ?? 0) + 1
  if (tries[key] > 1 || key === 'works') return { content: 'Hello.', end: true }
  if (key === 'breaks_once') throw 'no thoughts'
  return { content: 'Eh?', end: true }
}
