import type { Verb } from './twiml.js'
import type { Walk } from './walk.js'

/** How fast Twilio speaks, and what it speaks at most in one verb. */
const wordsPerSecond = 2.5
const mostCharacters = 4_096
const mostLoops = 10
const longestPauseS = 3_600

/**
 * Does what the caller only listens to: `Say`, `Play` and `Pause`. Nothing of it sounds here: the words of `Say` are claimed, and take the time
 * that they would; a file to play is not fetched.
 *
 * @throws The signal's reason, when it aborts.
 */
export async function playVerb(
  { name, attributes, text }: Verb,
  { hear, time }: Pick<Walk, 'hear' | 'time'>,
  signal: AbortSignal,
): Promise<void> {
  if (name === 'Pause') return time.wait(secondsIn(attributes['length'], 1, longestPauseS), signal)
  const loops = Math.max(1, Math.min(mostLoops, Number(attributes['loop'] ?? 1) || mostLoops))
  for (let loop = 0; loop < loops; loop += 1) {
    if (name === 'Say') await say(text.replaceAll(/\s+/g, ' ').slice(0, mostCharacters))
    else if (attributes['digits'] !== undefined) await press(attributes['digits'])
    else
      return hear({
        type: 'warned',
        warning: "The agent's TwiML has <Play>, whose file is not fetched: nobody hears it. Play it over the stream.",
      })
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

/** An attribute in seconds. @param most  The largest that makes sense. */
export function secondsIn(attribute: string | undefined, otherwise: number, most: number): number {
  const seconds = Number(attribute ?? otherwise)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, most) : otherwise
}
