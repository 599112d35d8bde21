import { usualSound } from '../../domain/caller-sound.js'
import { isCalled } from '../../domain/connection-facts.js'
import { traitsOf } from '../../domain/connection.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Document } from '../../domain/document.js'
import { hearingOf, listensForWords } from '../../domain/listens-for-words.js'
import type { Metric } from '../../domain/metric.js'
import { isSound } from '../../domain/noise.js'
import type { PlannedCase } from '../../domain/plan.js'
import { readerOfWords } from '../../domain/reads-words.js'
import { turnPresets } from '../../domain/turn-taking.js'

type CalledCase = Pick<PlannedCase, 'scenario' | 'personality' | 'call'>

/**
 * How a case is called: its caller's turns and sound, and when it hears. The idle timeout becomes the caller's own, unless the scenario
 * states one. Empty for an agent that is not called.
 */
export function asCalled(
  { scenario, personality }: CalledCase,
  { connection }: Agent,
  { hear }: Pick<Document, 'hear'>,
): Pick<PlannedCase, 'scenario' | 'call'> | undefined {
  if (!isCalled(connection)) return undefined
  const turns = personality?.turns ?? turnPresets.normal
  const call = { turns, sound: personality?.sound ?? usualSound, hear: hearingOf(scenario.behaviour, turns, hear) }
  return { scenario: scenario.statesIdleTimeout ? scenario : { ...scenario, idleTimeoutMs: turns.idlePromptMs }, call }
}

/** Reports what a case asks of a call that is not possible there. */
export function* checkCall({ scenario, personality, call }: CalledCase, agent: Agent, metrics: readonly Metric[]): Generator<Diagnostic> {
  if (!call) return
  const { key: name, connection } = agent
  if (call.hear === 'claimed' && !traitsOf[connection.type].claimsWords) {
    yield diagnose('HEAR_UNCLAIMED', { agent: name, type: connection.type }, agent.at)
  }
  if (call.hear === 'after' && listensForWords(scenario.behaviour)) yield diagnose('HEAR_TOO_LATE', { scenario: scenario.key }, scenario.at)
  const what = call.hear === 'never' ? readerOfWords(scenario, metrics) : undefined
  if (what !== undefined) yield diagnose('HEAR_NEVER', { scenario: scenario.key, what }, scenario.at)
  if (!personality) return
  const { key, interruptionLevel: level = 'none', at } = personality
  if (level !== 'none' && call.turns.cutInShare === 0) {
    yield diagnose('INTERRUPTION_NO_EFFECT', { personality: key, preset: call.turns.preset }, at)
  }
  const { sound } = call.sound.backgroundNoise ?? {}
  if (sound !== undefined && !isSound(sound)) yield diagnose('SOUND_UNKNOWN', { sound }, at)
}
