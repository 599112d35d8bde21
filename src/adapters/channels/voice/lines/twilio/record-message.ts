import { secondsIn } from './play-verb.js'
import type { Verb } from './twiml.js'
import type { Walk } from './walk.js'

/**
 * Does `Record`: a beep, then the caller speaks until a key, `timeout` seconds of silence, or `maxLength`. Nothing is kept.
 *
 * @returns What the agent is told of it.
 * @throws The signal's reason, when it aborts.
 */
export async function recordMessage({ attributes }: Verb, { hear, time, keys, signal }: Walk): Promise<Record<string, string>> {
  const finish = attributes['finishOnKey'] ?? '1234567890*#'
  const timeoutS = secondsIn(attributes['timeout'], 5, 3_600)
  const maxS = secondsIn(attributes['maxLength'], 3_600, 14_400)
  if (attributes['playBeep'] !== 'false') hear({ type: 'sound', samples: beep() })
  keys.clear()
  const start = time.seconds
  const finishedBy = (): string | undefined => keys.pressed[keys.indexOfAny(finish)]
  await time.until(() => {
    const recordedS = time.seconds - start
    return finishedBy() !== undefined || recordedS >= maxS || Math.min(time.quietSeconds, recordedS) >= timeoutS
  }, signal)
  const key = finishedBy()
  return { RecordingDuration: String(Math.round(time.seconds - start)), ...(key !== undefined && { Digits: key }) }
}

/** Half a second of 1000 Hz at 8 kHz. */
function beep(): Int16Array {
  return Int16Array.from({ length: 4_000 }, (_, i) => Math.round(8_000 * Math.sin((Math.PI * i) / 4)))
}
