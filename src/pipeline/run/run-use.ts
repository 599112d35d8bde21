import type { Agent, Retries } from '../../domain/document.js'
import type { Attempt, RunEvent } from '../../domain/event.js'
import type { ResultId } from '../../domain/ids.js'
import type { Fault } from '../../domain/fault.js'
import type { NotRunReason } from '../../domain/outcome.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Transcript } from '../../domain/transcript.js'
import type { Verdict } from '../../domain/verdict.js'
import type { CallerFactory } from '../../ports/caller.js'
import type { Channel } from '../../ports/channel.js'
import type { Clock, Random } from '../../ports/clock.js'
import type { ConversationCase } from '../../ports/judge.js'
import type { ModelUse } from '../../ports/language-model.js'
import type { Patterns } from '../../ports/patterns.js'
import type { Signals } from './signals.js'

/** What whoever takes runs to their ends asks about them, and tells. */
export interface RunHooks {
  readonly result: ResultId
  /** Why a run is not to be started any more; asked right before each start and each retry. */
  admit(spec: RunSpec): NotRunReason | undefined
  /** Whether a run has ended already, in the result that is being resumed. */
  hasEnded(index: number): boolean
  /** Attempts of a run that were made before this result was resumed. */
  earlier(index: number): readonly Attempt[]
  /** The id of a run, where it has one outside of its result: agents are told it. */
  runId?(index: number): string | undefined
  /** Told of each call as it begins, with what cuts it off. */
  onCall?(index: number, cut: (cause: unknown) => void): void
  /** Told of each event, secrets taken out, as it happens. */
  emit(event: RunEvent): void
  /** Cuts off what is under way; those runs end `infra_error`, `interrupted`. */
  readonly signal: AbortSignal
}

/** What running needs of the rest of the house. */
export interface RunUse extends RunHooks {
  /** The channel to an agent, its process started. @throws {FaultError} when that failed, each time it is asked for. */
  channel(agent: Agent): Promise<Channel>
  /** Set once the agent's own process has ended of itself. */
  crashed(agent: Agent): Fault | undefined
  readonly caller: CallerFactory
  /** @throws {FaultError} when a judge was needed, and failed. */
  score(subject: ConversationCase, transcript: Transcript, use: ModelUse): Verdict | Promise<Verdict>
  /** Why the caller of a conversation did not keep to what it was told, if it did not. @throws {FaultError} */
  audit?(subject: ConversationCase, transcript: Transcript, use: ModelUse): Promise<string | undefined>
  /** Resolves once it is kept for good that a call begins: whatever happens, it is known to have been placed. */
  beforeCall?(): Promise<void>
  readonly runTimeoutMs: number
  readonly clock: Clock
  readonly random: Random
  /** The numbers of something that has a name: the same name gets the same numbers, whatever else happens. */
  randomOf(name: string): Random
  readonly patterns: Patterns
  /** Takes the secrets out of an event. */
  redact<T>(value: T): T
}

/** What a single run needs. */
export interface RunContext extends RunUse {
  readonly retries: Retries
  /** A signal for each call, to be cut off by: on its own, or with all others. */
  readonly signals: Signals
}
