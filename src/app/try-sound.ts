import { checkSoundFile } from '../adapters/channels/voice/read-sound.js'
import type { Behaviour } from '../domain/document.js'
import { FaultError, type Fault } from '../domain/fault.js'
import type { Plan } from '../domain/plan.js'
import type { SoundTag } from '../domain/sound-tag.js'
import { utterancesOf } from '../domain/utterances-of.js'
import type { TextToSpeech } from '../ports/speech.js'

/**
 * Says a word with each voice that the callers of a plan have, and reads each of their recordings: what is missing is told before the
 * first call. A server of speech is not asked, since its words may cost something.
 *
 * @throws {FaultError} that names everything which is missing.
 */
export async function trySound(plan: Plan, mouth: TextToSpeech, signal: AbortSignal): Promise<void> {
  const { voices, files } = soundsOf(plan)
  const { tts } = plan.models
  const isFree = tts?.engine !== 'openai' && tts?.prices === undefined
  const tried = await Promise.allSettled([
    ...[...files].map(checkSoundFile),
    ...(isFree ? [...voices].map(async voice => mouth.speak({ text: 'Hello.', voice }, { signal, spent: () => undefined })) : []),
  ])
  signal.throwIfAborted()
  const faults = tried.flatMap((each): Fault[] => (each.status === 'rejected' ? [faultOf(each.reason)] : []))
  const [first] = faults
  if (!first) return
  const message = [...new Set(faults.map(fault => fault.message))].join('\n')
  throw new FaultError({ ...(faults.find(({ isFinal }) => isFinal) ?? first), message })
}

/** @throws The cause, if it is no fault. */
function faultOf(cause: unknown): Fault {
  if (cause instanceof FaultError) return cause.fault
  throw cause
}

function soundsOf({ entries, models: { tts } }: Plan): { readonly voices: ReadonlySet<string>; readonly files: ReadonlySet<string> } {
  const voices = new Set<string>(tts?.voice === undefined ? [] : [tts.voice])
  const files = new Set<string>()
  for (const { call, scenario } of entries.flatMap(({ cases }) => cases)) {
    if (!call) continue
    const { voice, backgroundNoise } = call.sound
    if (voice !== undefined) voices.add(voice)
    if (backgroundNoise?.file !== undefined) files.add(backgroundNoise.file)
    for (const tag of tagsOf(scenario.behaviour)) {
      if (tag.tag === 'voice') voices.add(tag.id)
      else if ('path' in tag && tag.path !== undefined) files.add(tag.path)
    }
  }
  return { voices, files }
}

function tagsOf(behaviour: Behaviour): SoundTag[] {
  return utterancesOf(behaviour)
    .flat()
    .filter(part => part.type === 'sound')
}
