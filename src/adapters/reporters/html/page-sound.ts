import type { RunEnded } from '../../../domain/event.js'
import { caseStatusOf } from '../../../domain/case-status.js'
import type { PageAudio } from '../../../ports/reporter.js'

/** A recording in a page. */
export interface EmbeddedAudio {
  /** Of its element. */
  readonly id: string
  readonly base64: string
}

/** The recordings of a page. */
export interface PageSound {
  /** Where the page has the recording of each attempt; `undefined` for one that it does not have. */
  addressesOf(run: RunEnded): Promise<(string | undefined)[]>
  embedded(): readonly EmbeddedAudio[]
}

export function createPageSound(audio: PageAudio): PageSound {
  const embedded: EmbeddedAudio[] = []
  const addressOf = async (
    { outcome }: Pick<RunEnded, 'outcome'>,
    id: string,
    of: { readonly run: number; readonly isLast: boolean },
  ): Promise<string | undefined> => {
    const recording = 'transcript' in outcome ? outcome.transcript.sound?.recording : undefined
    const taken = recording && (await audio.take(recording, of))
    if (taken === undefined || audio.kind === 'beside') return taken
    embedded.push({ id, base64: taken })
    return id
  }
  return {
    embedded: () => embedded,
    async addressesOf(run) {
      const isPassed = caseStatusOf(run.outcome.status) === 'passed' && !run.flaky
      if (audio.kind === 'failed' && isPassed) return []
      const addresses: (string | undefined)[] = []
      for (const [i, attempt] of [...run.earlier, run].entries()) {
        const of = { run: run.index, isLast: attempt === run }
        addresses.push(await addressOf(attempt, `audio-${run.index}-${i + 1}`, of))
      }
      return addresses
    },
  }
}
