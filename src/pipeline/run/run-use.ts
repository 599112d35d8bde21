import type { Agent, ConversationLimits, Retries } from '../../domain/document.js'
import type { Attempt, RunEvent } from '../../domain/event.js'
import type { ResultId } from '../../domain/ids.js'
import type { Fault } from '../../domain/fault.js'
import type { Mask } from '../../domain/mask.js'
import type { NotRunReason, Outcome } from '../../domain/outcome.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Transcript } from '../../domain/transcript.js'
import type { Verdict } from '../../domain/verdict.js'
import type { CallerFactory } from '../../ports/caller.js'
import type { Channel, CallAloud } from '../../ports/channel.js'
import type { Clock, Random } from '../../ports/clock.js'
import type { ConversationCase } from '../../ports/judge.js'
import type { ModelUse } from '../../ports/language-model.js'
import type { Patterns } from '../../ports/patterns.js'
import type { Signals } from './signals.js'

/** What the run stage asks its caller about runs, and reports back. */
export interface RunHooks {
  readonly result: ResultId
  /** Why a run must not start, if so; asked right before each start and each retry. */
  admit(spec: RunSpec): NotRunReason | undefined
  /** Whether a run ended before the result was resumed. */
  hasEnded(index: number): boolean
  /** A run's attempts from before the result was resumed. */
  earlier(index: number): readonly Attempt[]
  /** The run's own id, which agents receive, if it has one outside of its result. */
  runId?(index: number): string | undefined
  /** Called as each call begins, with a function that cuts it off. */
  onCall?(index: number, cut: (cause: unknown) => void): void
  /** Called with each event as it happens, with secrets masked. */
  emit(event: RunEvent): void
  /** Cuts off the runs in progress; they end `infra_error`, `interrupted`. */
  readonly signal: AbortSignal
}

/** Everything the run stage needs. */
export interface RunUse extends RunHooks {
  /**
   * The channel to an agent whose process has started.
   *
   * @throws {FaultError} when that failed, on every call.
   */
  channel(agent: Agent): Channel | Promise<Channel>
  /** The fault of the agent's process, once it has ended on its own. */
  crashed(agent: Agent): Fault | undefined
  readonly caller: CallerFactory
  /** How a caller sounds and hears; `undefined` without sound. */
  aloud?(spec: RunSpec, attempt: number, spent: ModelUse['spent']): Omit<CallAloud, 'known'> | undefined
  /** Keeps what was recorded of a call, or removes it. Absent without sound. */
  settle?(spec: RunSpec, outcome: Outcome): Promise<Outcome>
  /** Waits until the callers' model can serve another conversation. @returns `undefined` if it can now. */
  room?(signal: AbortSignal): Promise<void> | undefined
  /** Asks a judge ahead what does not depend on the conversation. Never rejects. @returns `undefined` if there is nothing to ask. */
  prepareJudge?(subject: ConversationCase, use: ModelUse): Promise<void> | undefined
  /** @throws {FaultError} when the judge is needed and fails. */
  score(subject: ConversationCase, transcript: Transcript, use: ModelUse): Verdict | Promise<Verdict>
  /**
   * Why the caller broke its instructions; `undefined` if it did not.
   *
   * @throws {FaultError} when the model fails.
   */
  audit?(subject: ConversationCase, transcript: Transcript, use: ModelUse): Promise<string | undefined>
  /** Resolves once the start of the call is durably recorded, so that even a crash cannot hide it. */
  beforeCall?(): Promise<void>
  readonly runTimeoutMs: number
  readonly conversationLimits: ConversationLimits
  readonly clock: Clock
  readonly random: Random
  /** Random numbers by name: the same name gets the same numbers, whatever else happens. */
  randomOf(name: string): Random
  readonly patterns: Patterns
  readonly mask: Mask
}

/** What a single run needs. */
export interface RunContext extends RunUse {
  readonly retries: Retries
  /** Abort signals for calls: each can abort on its own, or all together. */
  readonly signals: Signals
}
