import { createDetectors, type OpenDetector } from '../../src/adapters/channels/voice/detectors.js'
import { MediaRoom } from '../../src/adapters/channels/voice/media-room.js'
import type { MediaThreads } from '../../src/adapters/channels/voice/media-threads.js'
import { Pacer } from '../../src/adapters/channels/voice/media/pacer.js'
import type { DialledCall, FromMedia } from '../../src/adapters/channels/voice/messages.js'
import { seededRandom } from '../../src/adapters/clocks/system.js'
import type { Samples } from '../../src/domain/samples.js'
import type { Clock } from '../../src/ports/clock.js'
import type { Dial } from '../../src/ports/line.js'
import type { SpeechToText, TextToSpeech } from '../../src/ports/speech.js'
import { voiceLike } from './voice-like.js'

/** How long the mouth of tests takes to say a character, in milliseconds. */
export const characterMs = 50

/** Says a text in sound like a voice, as long as the text. */
export function fakeMouth(rate: number): TextToSpeech & { readonly spoken: string[] } {
  const spoken: string[] = []
  return {
    name: 'fake mouth',
    spoken,
    async speak({ text }): Promise<Samples> {
      spoken.push(text)
      return { rate, samples: voiceLike(text.length * characterMs, rate) }
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** Hears these texts, one for each stretch of speech. */
export function fakeEars(texts: readonly string[]): SpeechToText & { readonly heard: Samples[] } {
  const heard: Samples[] = []
  return {
    name: 'fake ears',
    longestS: 9,
    heard,
    async hear(sound) {
      heard.push(sound)
      return { text: texts[heard.length - 1] ?? '' }
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** Media on the thread of the test. */
export function ownThread(clock: Clock, lineOf: (dialled: DialledCall) => Dial, detector: OpenDetector = createDetectors()): MediaThreads {
  const calls = new Map<number, (message: FromMedia) => void>()
  let last = 0
  const room = new MediaRoom({
    pacer: new Pacer(clock),
    random: seededRandom,
    detector,
    lineOf,
    // As between threads, a message comes later.
    post: message => queueMicrotask(() => calls.get(message.call)?.(message)),
  })
  const thread = {
    enter(on: (message: FromMedia) => void) {
      last += 1
      calls.set(last, on)
      return last
    },
    leave: (call: number) => void calls.delete(call),
    post: (message: Parameters<MediaRoom['take']>[0]) => room.take(message),
  }
  return { least: () => thread, async [Symbol.asyncDispose]() {} }
}
