import { count } from '../../domain/count.js'
import type { RunEnded } from '../../domain/event.js'
import { mayBeUnclear } from '../../domain/unsound-call.js'

/** What a report has to say about how calls were measured. */
export interface SoundWarnings {
  add(run: RunEnded): void
  /** Sentences; none without sound. */
  sentences(): readonly string[]
}

export function createSoundWarnings(): SoundWarnings {
  /** By the detector's name, the runs that it measured. */
  const weakly = new Map<string, Set<number>>()
  /** By ears and mouth, the runs in which nobody knows whether the caller was understood. */
  const unclear = new Map<string, Set<number>>()

  /** By what the agents' connections warned of, the runs in which they did. */
  const warned = new Map<string, Set<number>>()

  return {
    add({ index, outcome }) {
      const sound = 'transcript' in outcome ? outcome.transcript.sound : undefined
      if (!sound) return
      if (sound.detector !== 'silero') note(weakly, sound.detector, index)
      for (const warning of sound.warnings ?? []) note(warned, warning, index)
      if (mayBeUnclear(sound)) note(unclear, `${sound.ears ?? 'The engine of models.stt'} mishears ${sound.mouth ?? 'the caller'}`, index)
    },
    sentences: () => [
      ...[...weakly].map(
        ([detector, runs]) =>
          `The detector ${detector} told speech from silence in ${count(runs.size, 'call')}; it takes tones and loud noise for speech.`,
      ),
      ...[...warned].map(([warning, runs]) => `In ${count(runs.size, 'call')}: ${warning}`),
      ...[...unclear].map(
        ([who, runs]) =>
          `${who} too often to tell whether the agent could understand the caller in ${count(runs.size, 'call')}. Use better ears (models.stt) or another voice.`,
      ),
    ],
  }
}

function note(runs: Map<string, Set<number>>, key: string, index: number): void {
  const own = runs.get(key) ?? new Set()
  runs.set(key, own.add(index))
}
