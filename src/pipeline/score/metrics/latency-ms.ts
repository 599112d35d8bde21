import { latencyAfter } from './sound/answers.js'
import type { Measure } from './measure.js'

/**
 * How long the caller waited for an answer. There is one sample for each caller turn that the agent answered with words:
 * from the end of what the caller had said or keyed when the agent began, to the start of the agent's first words; 0 if the
 * agent began before the caller had finished. The greeting is not an answer; tool calls are not words.
 *
 * With sound: from the caller's last voiced sample, as it was sent, to the agent's first, as it was played. Answers after a tool call or
 * to an interruption are kept apart: `latency_with_tool_ms`, `latency_after_interruption_ms`.
 *
 * Unit: milliseconds, to the microsecond; with sound the resolution is 20 ms. A run's value is the mean, or the statistic that the metric names.
 * Source: the gap between turns of Sacks, Schegloff & Jefferson, "A simplest systematics for the organization of turn-taking
 * for conversation", Language 50, 1974; voice platforms call it response latency.
 */
export const latencyMs: Measure = ({ transcript }) => {
  const { sound } = transcript
  if (sound) return latencyAfter('words', 'each answer came after a tool call or an interruption', sound, transcript)
  const samples: number[] = []
  const turns: number[] = []
  let callerEndS: number | undefined
  let answered = 0
  for (const entry of transcript.moments) {
    if (entry.by === 'caller') {
      if (entry.turn !== answered) callerEndS = entry.endS
    } else if (entry.type === 'said' && callerEndS !== undefined && entry.text.trim() !== '') {
      samples.push(Math.max(0, Math.round((entry.startS - callerEndS) * 1e6) / 1e3))
      turns.push(entry.turn)
      callerEndS = undefined
      answered = entry.turn
    }
  }
  return samples.length > 0 ? { samples, turns } : { because: 'the agent never answered the caller in words' }
}
