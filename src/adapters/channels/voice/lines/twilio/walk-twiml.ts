import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { gatherKeys } from './gather-keys.js'
import { playVerb } from './play-verb.js'
import { recordMessage } from './record-message.js'
import type { Verb } from './twiml.js'
import type { Document, Next, Walk } from './walk.js'

/** How a verb ends: with the verb after it, another document, or the call. */
type Onward = Next | 'next' | 'end'

/** How many documents may follow one another while no time of the call passes. */
const mostAtOnce = 20

/**
 * Does what a TwiML document says, verb by verb, and the documents that it leads to. Resolves when the agent has hung up.
 *
 * @throws {FaultError} when it cannot be done. When the signal aborts, its reason.
 */
export async function walkTwiml(first: Document, walk: Walk): Promise<void> {
  let atOnce = 0
  for (let document: Document | undefined = first; document;) {
    const { time } = walk
    const before = time.seconds
    const onward: Next | undefined = await walkDocument(document, walk)
    if (!onward) return
    atOnce = time.seconds > before ? 0 : atOnce + 1
    if (atOnce > mostAtOnce) throw new FaultError(lineFaults.twimlLoop({ place: document.place, most: mostAtOnce }))
    document = await walk.request(document, onward)
  }
}

/** @returns Where it goes on; nothing if the call is over. */
async function walkDocument(document: Document, walk: Walk): Promise<Next | undefined> {
  for (const verb of document.verbs) {
    walk.signal.throwIfAborted()
    const onward = await doVerb(verb, document, walk)
    if (onward === 'end') return undefined
    if (onward !== 'next') return onward
  }
  return undefined
}

async function doVerb(verb: Verb, document: Document, walk: Walk): Promise<Onward> {
  const { url, place } = document
  const { name, attributes, text } = verb
  const { action, method } = attributes
  switch (name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      walk.answered()
      await playVerb(verb, document, walk, walk.signal)
      return 'next'
    case 'Gather': {
      walk.answered()
      const digits = await gatherKeys(verb, document, walk)
      return digits === undefined ? 'next' : { url: action ?? url, method, form: { Digits: digits } }
    }
    case 'Record': {
      walk.answered()
      return { url: action ?? url, method, form: await recordMessage(verb, walk) }
    }
    case 'Redirect':
      return { url: text, method, form: {} }
    case 'Connect':
      await connect(verb, document, walk)
      return action === undefined ? 'next' : { url: action, method, form: {} }
    case 'Dial':
    case 'Enqueue':
      walk.answered()
      walk.hear({ type: 'metadata', data: { transfer: text || name } })
      return 'end'
    case 'Reject':
      throw new FaultError(lineFaults.rejected({ place, reason: attributes['reason'] ?? 'rejected' }))
    case 'Hangup':
      return 'end'
    default:
      walk.hear({
        type: 'warned',
        warning: `${place.name} answered TwiML with <${place.quote(name, 40)}>, which is passed over. Use verbs for calls.`,
      })
      return 'next'
  }
}

async function connect({ children: [noun] }: Verb, document: Document, walk: Walk): Promise<void> {
  if (noun?.name !== 'Stream') throw new FaultError(lineFaults.notConnectable({ place: document.place, noun: noun?.name ?? '' }))
  const parameters = noun.children.flatMap(({ name, attributes }) =>
    name === 'Parameter' && attributes['name'] !== undefined ? [[attributes['name'], attributes['value'] ?? ''] as const] : [],
  )
  await walk.stream(document, noun.attributes['url'] ?? '', Object.fromEntries(parameters))
}
