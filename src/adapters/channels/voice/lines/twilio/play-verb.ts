import type { NoWav } from '../../../../audio/read-wav.js'
import type { Verb } from './twiml.js'
import type { Document, Walk } from './walk.js'

/** How fast Twilio speaks where nothing of it is heard, and what it speaks at most in one verb. */
const wordsPerSecond = 2.5
const mostCharacters = 4_096
const mostLoops = 10
const rate = 8_000
const longestPauseS = 3_600

/**
 * Does what the caller only listens to: `Say`, `Play` and `Pause`. The words of `Say` are claimed, and spoken by the suite's mouth; without one
 * they take the time that they would. A file to play is fetched, and heard.
 *
 * @throws {FaultError} when a file cannot be fetched. The signal's reason, when it aborts: then a file that is being played ends.
 */
export async function playVerb(
  { name, attributes, text }: Verb,
  document: Document,
  { hear, time, file, voice }: Pick<Walk, 'hear' | 'time' | 'file' | 'voice'>,
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
    for (let played = 0; played < times; played += 1) await sounds(sound.samples)
  }

  /** Whoever interrupts it hears no more of it. */
  async function sounds(samples: Int16Array): Promise<void> {
    hear({ type: 'sound', samples: samples.slice() })
    try {
      await time.wait(samples.length / rate, signal)
    } catch (cause) {
      hear({ type: 'clear' })
      throw cause
    }
  }

  async function say(words: string): Promise<void> {
    if (words === '') return
    hear({ type: 'claimed', text: words })
    const samples = await voice(words, signal)
    if (samples) await sounds(samples)
    else await time.wait(words.split(' ').length / wordsPerSecond, signal)
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
