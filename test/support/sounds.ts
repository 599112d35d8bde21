import type { Sound, Stretch, TrackQuality } from '../../src/domain/sound.js'

const clear: TrackQuality = { levelDbfs: -20, snrDb: 40, clipped: 0, dropouts: 0 }

/** What was measured of a call without a flaw, but for what is given. */
export function soundOf(stretches: readonly Stretch[], more: Partial<Sound> = {}): Sound {
  return {
    rate: 16_000,
    seconds: Math.max(0, ...stretches.map(({ endS }) => endS)) + 1,
    stretches: stretches.toSorted((a, b) => a.startS - b.startS),
    caller: clear,
    agent: clear,
    pacing: { p99Ms: 1, worstMs: 3, late: 0, lost: 0, frames: 500 },
    detector: 'silero',
    mouth: 'flite rms',
    ears: 'sherpa moonshine-tiny',
    ...more,
  }
}

/** The caller speaks from one second to another. */
export const callerAt = (startS: number, endS: number, more: Partial<Stretch> = {}): Stretch => ({ by: 'caller', startS, endS, ...more })
/** The agent speaks from one second to another. */
export const agentAt = (startS: number, endS: number): Stretch => ({ by: 'agent', startS, endS })
