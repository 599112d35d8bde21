import { traitsOf } from '../../domain/connection.js'
import { isCalled } from '../../domain/connection-facts.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Behaviour, Scenario } from '../../domain/document.js'
import { needsSound, type Metric } from '../../domain/metric.js'
import { isSound, isWaveFile } from '../../domain/noise.js'
import { carriesWords, soundNamed } from '../../domain/sound-tag.js'
import { withoutSound } from '../../domain/utterance.js'
import { utterancesOf } from '../../domain/utterances-of.js'

/**
 * Reports what the caller cannot do without sound, on a text connection. A tag whose words would be lost is an error, any
 * other a warning. In a call, reports sounds that nobody has.
 */
export function* checkSound({ key: scenario, behaviour }: Scenario, { key: agent, connection }: Agent): Generator<Diagnostic> {
  if (isCalled(connection)) yield* checkSounds(behaviour)
  if (traitsOf[connection.type].medium === 'voice') return
  for (const utterance of utterancesOf(behaviour)) {
    const sounds = utterance.filter(part => part.type === 'sound')
    for (const part of sounds) {
      yield carriesWords(part)
        ? diagnose('TAG_NEEDS_SOUND', { tag: part.tag, scenario, agent }, part.at)
        : diagnose('TAG_NO_EFFECT', { tag: part.tag }, part.at)
    }
    const [first] = sounds
    if (first && !sounds.some(carriesWords) && withoutSound(utterance).length === 0) {
      yield diagnose('SOUND_ALONE', { scenario, agent }, first.at)
    }
  }
}

/** Noises are generated or recordings of the suite's; nothing is downloaded. */
function* checkSounds(behaviour: Behaviour): Generator<Diagnostic> {
  for (const part of utterancesOf(behaviour).flat()) {
    if (part.type !== 'sound') continue
    if (part.tag === 'audio' && 'id' in part) yield diagnose('AUDIO_ID_UNKNOWN', { id: part.id }, part.at)
    const sound = soundNamed(part)
    if (sound === undefined) continue
    if (part.tag === 'audio' ? !isWaveFile(sound) : !isSound(sound)) yield diagnose('SOUND_UNKNOWN', { sound }, part.at)
    else if (isWaveFile(sound) && !('path' in part)) yield diagnose('RECORDING_MISSING', { path: sound }, part.at)
  }
}

/** Reports metrics of sound that a scenario names, on a text connection. */
export function* checkSoundMetrics(scenario: Scenario, agent: Agent, metrics: readonly Metric[]): Generator<Diagnostic> {
  if (traitsOf[agent.connection.type].medium === 'voice') return
  for (const metric of metrics) {
    if (!needsSound(metric) || !scenario.metrics.includes(metric.key)) continue
    yield diagnose('METRIC_NEEDS_SOUND', { metric: metric.key, scenario: scenario.key, agent: agent.key }, scenario.at)
  }
}
