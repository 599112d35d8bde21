import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { playVerb, secondsIn } from './play-verb.js'
import type { Verb } from './twiml.js'
import type { Document, Walk } from './walk.js'

/**
 * Does `Gather`: its prompt stops with the first key, and the keys are complete after `numDigits`, `finishOnKey`, or `timeout` seconds
 * without another.
 *
 * @returns The keys; nothing if there are none and the next verb follows.
 * @throws {FaultError} when only speech is gathered: nothing here understands it. When the signal aborts, its reason.
 */
export async function gatherKeys({ attributes, children }: Verb, document: Document, walk: Walk): Promise<string | undefined> {
  const { time, keys, signal } = walk
  const input = attributes['input'] ?? 'dtmf'
  if (!input.includes('dtmf')) throw new FaultError(lineFaults.speechGathered({ place: document.place }))
  const most = Number(attributes['numDigits']) || Number.POSITIVE_INFINITY
  const finish = attributes['finishOnKey'] ?? '#'
  const timeoutS = secondsIn(attributes['timeout'], 5, 3_600)
  keys.clear()
  await playPrompt()

  let seen = -1
  let since = time.seconds
  await time.until(() => {
    if (keys.pressed.length !== seen) {
      seen = keys.pressed.length
      since = time.seconds
    }
    return isComplete() || time.seconds - since >= timeoutS
  }, signal)
  const finished = keys.indexOfAny(finish)
  const digits = (finished === -1 ? keys.pressed : keys.pressed.slice(0, finished)).slice(0, most)
  return digits === '' && attributes['actionOnEmptyResult'] !== 'true' ? undefined : digits

  function isComplete(): boolean {
    return keys.pressed.length >= most || keys.indexOfAny(finish) !== -1
  }

  /** Plays the prompt until it is over or a key is pressed. */
  async function playPrompt(): Promise<void> {
    const heard = new AbortController()
    const either = AbortSignal.any([signal, heard.signal])
    const interrupted = time
      .until(() => keys.pressed !== '', either)
      .then(
        () => heard.abort(),
        () => undefined,
      )
    try {
      for (const verb of children) if (/^(Say|Play|Pause)$/.test(verb.name)) await playVerb(verb, document, walk, either)
    } catch (error) {
      if (!heard.signal.aborted || signal.aborted) throw error
    }
    heard.abort()
    await interrupted
  }
}
