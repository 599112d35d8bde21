import { deflateRawSync } from 'node:zlib'
import { caseStatusOf } from '../../../domain/case-status.js'
import type { RunEnded } from '../../../domain/event.js'
import type { HtmlContent } from '../../../ports/reporter.js'
import { pack } from '../../../view/model/pack.js'
import { runView, type RunView, type RunViewOptions } from '../../../view/model/run-view.js'
import { chunkRuns, type ShownContent } from '../../../view/model/view-index.js'

/** The conversations of a result, packed. */
export interface Conversations {
  /** Takes the next run in plan order. */
  add(run: RunEnded, how: RunViewOptions): void
  finish(): { readonly chunks: readonly string[]; readonly content: ShownContent }
}

/**
 * Packs conversations in chunks. While it is not known whether all fit, those of runs that did not pass are packed apart, so that memory
 * stays below twice the limit however large a result is.
 *
 * @param asked  Whose conversations to show. Default: all, or, if those do not fit, the failed ones as far as they fit.
 * @param limitBytes  Of the packed conversations, as text.
 */
export function createConversations(asked: HtmlContent | undefined, limitBytes: number): Conversations {
  let all = asked === undefined || asked === 'all' ? createChunks() : undefined
  const failed = asked === 'all' ? undefined : createChunks()
  let failedLeftOut = 0
  let passedConversations = 0
  let conversations = 0

  function addFailed(run: RunEnded, how: RunViewOptions, into: Chunks): void {
    const isFailed = caseStatusOf(run.outcome.status) !== 'passed' || run.flaky
    if (!isFailed) return into.add(undefined)
    const isTooMuch = asked === 'none' || (asked === undefined && into.bytes() > limitBytes)
    if (isTooMuch && hasConversation(run)) failedLeftOut += 1
    into.add(runView(run, { ...how, isSilent: isTooMuch }))
  }
  return {
    add(run, how) {
      if (hasConversation(run)) {
        conversations += 1
        if (caseStatusOf(run.outcome.status) === 'passed' && !run.flaky) passedConversations += 1
      }
      all?.add(runView(run, how))
      if (failed) addFailed(run, how, failed)
      if (asked === undefined && all && all.bytes() > limitBytes) all = undefined
    },
    finish() {
      const whole = all?.finish()
      if (whole && (asked === 'all' || bytesOf(whole) <= limitBytes)) return { chunks: whole, content: { of: 'all', leftOut: 0 } }
      const leftOut = asked === 'none' ? conversations : passedConversations + failedLeftOut
      const because = asked === undefined ? 'limit' : 'asked'
      return {
        chunks: failed?.finish() ?? [],
        content: { of: asked === 'none' ? 'none' : 'failed', leftOut, ...(leftOut > 0 && { because }) },
      }
    },
  }
}

function hasConversation({ outcome }: RunEnded): boolean {
  return 'transcript' in outcome
}

interface Chunks {
  /** @param run  `undefined` for one that is left out whole. */
  add(run: RunView | undefined): void
  /** Of the chunks that are complete. */
  bytes(): number
  finish(): readonly string[]
}

function createChunks(): Chunks {
  const chunks: string[] = []
  let open: (RunView | null)[] = []
  let bytes = 0
  const close = (): void => {
    const chunk = deflated(open)
    bytes += chunk.length
    chunks.push(chunk)
    open = []
  }
  return {
    add(run) {
      open.push(run ?? null)
      if (open.length === chunkRuns) close()
    },
    bytes: () => bytes,
    finish() {
      if (open.length > 0) close()
      return chunks
    },
  }
}

function bytesOf(chunks: readonly string[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0)
}

/** A value of JSON, packed and deflated, in base64: no character of it means anything in HTML. */
export function deflated(value: unknown): string {
  return deflateRawSync(JSON.stringify(pack(value))).toString('base64')
}
