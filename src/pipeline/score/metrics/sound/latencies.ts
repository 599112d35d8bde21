import { latencyAfter } from './answers.js'
import { ofSound } from './of-sound.js'

/**
 * How long the caller waited for answers before which the agent called a tool: from the caller's last voiced sample to the agent's first.
 *
 * Unit: milliseconds; resolution 20 ms. Source: as `latency_ms`.
 */
export const latencyWithToolMs = ofSound((sound, { transcript }) =>
  latencyAfter('tool', 'no tool call was seen before an answer', sound, transcript),
)

/**
 * How long the caller waited for answers to its interruptions: from its last voiced sample to the agent's first after it had stopped.
 *
 * Unit: milliseconds; resolution 20 ms. Source: as `latency_ms`.
 */
export const latencyAfterInterruptionMs = ofSound((sound, { transcript }) =>
  latencyAfter('interruption', 'the caller interrupted nothing that the agent answered', sound, transcript),
)
