import type { NoWav } from '../../../../audio/read-wav.js'
import type { Verb } from './twiml.js'
import type { Document, Walk } from './walk.js'

/** How fast Twilio speaks, and what it speaks at most in one verb. */
const wordsPerSecond = 2.5
const mostCharacters = 4_096
const mostLoops = 10
const longestPauseS = 3_600

/**
 * Does what the caller only listens to: `Say`, `Play` and `Pause`. The words of `Say` are claimed, and take the time that they would: nothing
 * of them sounds here. A file to play is fetched, and heard.
 *
 * @throws {FaultError} when a file cannot be fetched. The signal's reason, when it aborts: then a file that is being played ends.
 */
export async function playVerb(
  { name, attributes, text }: Verb,
  document: Document,
  { hear, time, file }: Pick<Walk, 'hear' | 'time' | 'file'>,
  signal: AbortSignal,
): Promise<void> {
  if (name === 'Pause') return time.wait(secondsIn(attributes['length'], 1, longestPauseS), signal)
  const loops = Math.max(1, Math.min(mostLoops, Number(attributes['loop'] ?? 1) || mostLoops))
  if (name === 'Play' && attributes['digits'] === undefined) return play(loops)
  for (let loop = 0; loop < loops; loop += 1) {
    if (name === 'Say') await say(text.replaceAll(/\s+/g, ' ').slice(0, mostCharacters))
    else await press(attributes['digits'] ?? '')
  }

  async function play(times: number): Promise<void> {
    const sound = await file(document, text)
    signal.throwIfAborted()
    if ('problem' in sound) return hear({ type: 'warned', warning: notPlayed(document, text, sound) })
    try {
      for (let played = 0; played < times; played += 1) {
        hear({ type: 'sound', samples: sound.samples.slice() })
        await time.wait(sound.samples.length / sound.rate, signal)
      }
    } catch (cause) {
      hear({ type: 'clear' })
      throw cause
    }
  }

  async function say(words: string): Promise<void> {
    if (words === '') return
    hear({ type: 'claimed', text: words })
    await time.wait(words.split(' ').length / wordsPerSecond, signal)
  }

  /** Each `w` is half a second of silence. */
  async function press(keys: string): Promise<void> {
    const digits = keys.slice(0, 100).replaceAll(/[^\dA-D*#w]/g, '')
    for (const digit of digits) {
      if (digit !== 'w') hear({ type: 'keyed', digits: digit })
      await time.wait(0.5, signal)
    }
  }
}

function notPlayed({ place }: Document, text: string, { problem }: NoWav): string {
  return `The file "${place.quote(text, 100)}" of <Play> in the TwiML of ${place.name} ${problem}, so nobody hears it. Play a WAV file.`
}

/** An attribute in seconds. @param most  The largest that makes sense. */
export function secondsIn(attribute: string | undefined, otherwise: number, most: number): number {
  const seconds = Number(attribute ?? otherwise)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, most) : otherwise
}
