import { createVoiceChannels } from '../../src/adapters/channels/voice.js'
import { loopback, type LoopbackAgent } from '../../src/adapters/channels/voice/lines/loopback.js'
import { seededRandom } from '../../src/adapters/clocks/system.js'
import { usualSound, type CallerSound } from '../../src/domain/caller-sound.js'
import type { Personality, Scenario } from '../../src/domain/document.js'
import type { RunEnded } from '../../src/domain/event.js'
import type { Hearing } from '../../src/domain/hearing.js'
import { turnPresets, type TurnTaking } from '../../src/domain/turn-taking.js'
import type { CallAloud } from '../../src/ports/channel.js'
import type { DetectorSettings } from '../../src/domain/detector-settings.js'
import type { OpenDetector } from '../../src/adapters/channels/voice/detectors.js'
import type { LineEvent } from '../../src/ports/line.js'
import type { RunUse } from '../../src/pipeline/run/run-use.js'
import type { SpeechToText, TextToSpeech } from '../../src/ports/speech.js'
import { agent, document, entry } from './build.js'
import { conductPlan } from './run-plan.js'
import { fakeEars, fakeMouth, ownThread } from './talking.js'
import { virtualClock } from './virtual-clock.js'
import { joined, voiceLike } from './voice-like.js'

export const callRate = 16_000
const clinic = agent({ connection: { type: 'chirp', url: 'ws://clinic.test' } })

/** What an agent in memory can do in its call. */
export interface Talking {
  readonly tell: (event: LineEvent) => void
  later(ms: number, then: () => void): void
  /** Speaks for so long, as fast as it can be sent. */
  speaks(ms: number): void
}

export interface VoiceCallOptions {
  /** What the ears make of each stretch of the agent's speech. */
  readonly heard?: readonly string[]
  readonly hear?: Hearing
  readonly sound?: Partial<CallerSound>
  readonly turns?: Partial<TurnTaking>
  readonly language?: string
  readonly seed?: number
  readonly ears?: SpeechToText
  readonly mouth?: TextToSpeech
  /** Default: every call passes. */
  readonly score?: RunUse['score']
  readonly selfHearing?: CallAloud['selfHearing']
  readonly detector?: DetectorSettings
  /** Default: those of a thread. */
  readonly detectors?: OpenDetector
}

/** A call in memory and in no time, with all that its caller sent. */
export async function voiceCall(
  asked: Scenario,
  answer: (agent: Talking) => Partial<LoopbackAgent>,
  {
    heard = [],
    hear = 'live',
    sound,
    turns,
    language = 'en',
    seed = 1,
    ears = hear === 'never' ? undefined : fakeEars(heard),
    mouth = fakeMouth(callRate),
    score,
    selfHearing,
    detector,
    detectors,
  }: VoiceCallOptions = {},
): Promise<{ readonly run: RunEnded; readonly sent: Int16Array }> {
  const clock = virtualClock()
  const frames: Int16Array[] = []
  const dial = loopback(callRate, tell => {
    const own = answer({
      tell,
      later: (ms, then) => void clock.after(ms, then),
      speaks: ms => tell({ type: 'sound', samples: voiceLike(ms, callRate) }),
    })
    return {
      ...own,
      send(frame) {
        frames.push(frame.slice())
        own.send?.(frame)
      },
    }
  })
  const channel = await createVoiceChannels(() => ownThread(clock, () => dial, detectors))(clinic, { clock, concurrency: 1 })
  const caller: Personality = {
    key: 'caller',
    name: 'Caller',
    language,
    at: asked.at,
    turns: { ...turnPresets.normal, ...turns },
    sound: { ...usualSound, ...sound },
  }
  const suite = document({ scenarios: [asked], entries: [entry({ agent: clinic, personalities: [caller] })], hear })
  const { ended } = await conductPlan(suite, clock, channel, {
    randomOf: name => seededRandom(seed, name),
    ...(score && { score }),
    aloud: ({ case: { call: planned } }) => ({
      mouth,
      ...(ears && { ears }),
      ...planned!,
      ...(selfHearing && { selfHearing }),
      ...(detector && { detector }),
      seed,
      spent: () => undefined,
    }),
  })
  return { run: ended[0]!, sent: joined(...frames) }
}

/** Answers so long after the caller has stopped. */
export const answersAfter =
  (ms: number, speaksMs: number) =>
  (talking: Talking): Partial<LoopbackAgent> => ({
    speech: is => {
      if (is === 'ends') talking.later(ms, () => talking.speaks(speaksMs))
    },
  })

/** The samples between two seconds. */
export function between(samples: Int16Array, fromS: number, toS: number): Int16Array {
  return samples.subarray(Math.round(fromS * callRate), Math.round(toS * callRate))
}
