import type { Measure } from './measure.js'
import { wordsOf } from './words.js'

/**
 * The share of the agent's messages that nearly repeat an earlier one.
 *
 * Two messages are nearly the same if their resemblance is at least 0.8: the Jaccard index of their sets of three-word
 * shingles, ignoring case and punctuation. Messages of fewer than four words (`Sure, one moment.`) repeat nothing, but count
 * as messages.
 *
 * Unit: 0..1.
 * Source: Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences, 1997.
 */
export const repetition: Measure = ({ agent }) => {
  const messages = agent.map(({ text }) => wordsOf(text)).filter(({ length }) => length > 0)
  if (messages.length === 0) return { because: 'the agent said nothing' }
  const known = new Set<string>()
  const earlier: ReadonlySet<string>[] = []
  let repeats = 0
  for (const message of messages) {
    if (message.length < 4) continue
    const text = message.join(' ').toLowerCase()
    if (known.has(text)) {
      repeats += 1
      continue
    }
    known.add(text)
    const shingles = shinglesOf(text.split(' '))
    if (earlier.some(each => resemblance(each, shingles) >= 0.8)) repeats += 1
    earlier.push(shingles)
  }
  return { value: repeats / messages.length }
}

function shinglesOf(message: readonly string[]): Set<string> {
  const shingles = new Set<string>()
  for (let i = 2; i < message.length; i += 1) shingles.add(`${message[i - 2]} ${message[i - 1]} ${message[i]}`)
  return shingles
}

function resemblance(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [smaller, larger] = a.size < b.size ? [a, b] : [b, a]
  if (smaller.size / larger.size < 0.8) return 0
  let shared = 0
  for (const shingle of smaller) if (larger.has(shingle)) shared += 1
  return shared / (a.size + b.size - shared)
}
