import { FaultError, type Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import type { RunSpec } from '../../domain/plan.js'
import { withSound as asSpoken, type PlayedSound } from '../../domain/spoken.js'
import type { Utterance } from '../../domain/utterance.js'
import type { Caller } from '../../ports/caller.js'
import type { Sound, Wait } from '../../domain/sound.js'
import type { Lacking } from '../../domain/trunk-desk.js'
import { callRunId } from '../../domain/run-id.js'
import { isNumbered, runNumbers } from '../../domain/run-numbers.js'
import { atOnce } from '../../ports/at-once.js'
import type { AgentEvent, Call, CallAloud, Conversation, SaidWords } from '../../ports/channel.js'
import type { Random } from '../../ports/clock.js'
import type { ModelUse } from '../../ports/language-model.js'
import { Asides, knownAsides } from './asides.js'
import { broken, CallOver, type Conversed } from './call.js'
import { CallTime } from './call-time.js'
import { converse } from './converse.js'
import { Deadline } from './deadline.js'
import { faultOf } from './fault-of.js'
import { Inbox } from './inbox.js'
import { Meter } from './meter.js'
import { ConversationRecord } from './record.js'
import type { RunContext } from './run-use.js'
import type { LentSignal } from './signals.js'
import type { TurnEvents } from './turn-events.js'
import { turnToStart } from './turn-to-start.js'

/** How long an overdue call may take to close before it is cut off. */
const graceMs = 3000

/** One call of a run, from connecting to its end. */
export class PlacedCall {
  readonly #spec: RunSpec
  readonly #attempt: number
  readonly #use: RunContext
  readonly #inbox: Inbox
  /** Of the call alone, without the start of the agent's process. */
  readonly #time: CallTime
  readonly #record: ConversationRecord
  readonly #meter: Meter
  readonly #cut: LentSignal
  #aloud: CallAloud | undefined
  #excess: Fault | undefined
  #isOpen = false
  /** What was exchanged to set the call up. */
  #dialogue: string | undefined
  #cancelTimeout: (() => void) | undefined

  constructor(spec: RunSpec, attempt: number, turns: TurnEvents, use: RunContext) {
    const inbox = new Inbox(use.clock)
    this.#spec = spec
    this.#attempt = attempt
    this.#use = use
    this.#inbox = inbox
    this.#time = new CallTime(use.clock, () => inbox.nudge())
    this.#record = new ConversationRecord(moment => turns.note(moment))
    this.#meter = new Meter(use.conversationLimits)
    this.#cut = use.signals.lend()
    this.#cut.onAbort = cause => inbox.abort(cause)
  }

  /** Places the call and conducts its conversation. Never throws. @param opened  Called once the agent is reached. */
  async conduct(spent: ModelUse['spent'], opened?: () => void): Promise<Conversed> {
    const { clock, signal, onCall } = this.#use
    onCall?.(this.#spec.index, cause => this.#cut.abort(cause))
    try {
      const caller = this.#caller(spent)
      const aloud = this.#use.aloud?.(this.#spec, this.#attempt, spent)
      this.#aloud = aloud && { ...aloud, known: [...knownIn(caller.known?.() ?? []), ...knownAsides(aloud, this.#language)] }
      const connected = this.#use.channel(this.#spec.entry.agent)
      const channel = connected instanceof Promise ? await connected : connected
      const turn = turnToStart(clock)
      if (turn) await turn
      const deadline = new Deadline(clock, { conversationMs: this.#spec.case.scenario.maxDurationMs, runMs: this.#use.runTimeoutMs })
      this.#time.begin()
      this.#cutOverdue(deadline)
      this.#cut.signal.throwIfAborted()
      const opening = channel.open(this.#call(), event => this.#hear(event), this.#cut.signal)
      const conversation = opening instanceof Promise ? await opening : opening
      this.#isOpen = true
      opened?.()
      const conversed = withThought(await this.#conductOn(conversation, deadline, caller), deadline)
      if (!conversation.sound) return conversed
      const sound = await conversation.sound()
      // Words that are missing may be those that decide.
      const fault = conversed.fault ?? conversation.unheard?.()
      return this.#withDialogue({ ...withSound(conversed, sound, this.#record.waits), ...(fault && { fault }) })
    } catch (cause) {
      return this.#withDialogue(this.#broken(this.#time, signal.aborted ? callFaults.interrupted() : faultOf(cause)))
    } finally {
      this.#cancelTimeout?.()
      this.#cut[Symbol.dispose]()
    }
  }

  async #conductOn(conversation: Conversation, deadline: Deadline, caller: Caller): Promise<Conversed> {
    try {
      return await this.#converse(conversation, deadline, caller)
    } catch (cause) {
      const conversed = this.#overBy(cause, conversation)
      if (!conversed) throw cause
      return conversed
    } finally {
      const closing = conversation[Symbol.asyncDispose]()
      if (closing !== atOnce) await closing
    }
  }

  #converse(conversation: Conversation, deadline: Deadline, caller: Caller): Promise<never> {
    const { clock } = this.#use
    const spec = this.#spec
    if (conversation.pointers) this.#record.readPointers(conversation.pointers)
    return converse({
      conversation,
      inbox: this.#inbox,
      record: this.#record,
      caller,
      scenario: spec.case.scenario,
      agent: spec.entry.agent,
      clock,
      deadline,
      time: this.#time,
      aloud: spec.case.call,
      asides: this.#asides(conversation),
    })
  }

  /** What its caller lets slip; `undefined` if nothing. */
  #asides(conversation: Conversation): Asides | undefined {
    const { call } = this.#spec.case
    if (!call || (call.turns.backchannelShare === 0 && call.sound.tics === 'none')) return undefined
    const draw = (name: string): Random => this.#use.randomOf(`${this.#spec.key} ${this.#attempt} ${name}`)
    const random = { tics: draw('tics'), backchannels: draw('backchannels') }
    return new Asides({ conversation, record: this.#record, call, language: this.#language, random })
  }

  get #language(): string {
    return this.#spec.case.personality?.language ?? 'en'
  }

  #caller(spent: ModelUse['spent']): Caller {
    const { patterns, mask, randomOf, caller } = this.#use
    const spec = this.#spec
    return caller(spec, { patterns, random: randomOf(`${spec.key} ${this.#attempt}`), spent, mask })
  }

  /** How the conversation ended; `undefined` if what was thrown is no end of it. */
  #overBy(cause: unknown, conversation: Conversation): Conversed | undefined {
    // The agent is heard for a while after the caller has hung up.
    if (this.#excess) return this.#broken(conversation, this.#excess)
    if (cause instanceof CallOver) return cause.conversed
    return cause instanceof FaultError ? this.#broken(conversation, cause.fault) : undefined
  }

  #broken(clock: { elapsedS(): number }, fault: Fault): Conversed {
    return broken(this.#record, clock.elapsedS(), fault).conversed
  }

  #withDialogue(conversed: Conversed): Conversed {
    const dialogue = this.#dialogue
    return dialogue === undefined ? conversed : { ...conversed, transcript: { ...conversed.transcript, dialogue } }
  }

  #hear(event: AgentEvent): void {
    if (this.#excess) return
    this.#excess = this.#meter.exceeded(event)
    if (this.#excess) return this.#cut.abort(new FaultError(this.#excess))
    this.#record.agentDid(event)
    this.#inbox.push(event)
  }

  #cutOverdue(deadline: Deadline): void {
    const leftMs = deadline.leftMs + graceMs
    if (leftMs > 0) {
      this.#cancelTimeout = this.#use.clock.after(leftMs, () => this.#cutOverdue(deadline))
      return
    }
    const ms = Math.min(this.#spec.case.scenario.maxDurationMs, this.#use.runTimeoutMs)
    const overdue = this.#isOpen ? callFaults.callTimeout({ ms }) : callFaults.neverOpened({ ms })
    this.#cut.abort(new FaultError(this.#time.isMostlyHeld() ? callFaults.heldTooLong() : overdue))
  }

  /** What the channel gets to know of it. */
  #call(): Call {
    const { result, runId } = this.#use
    const { index, key: runKey, case: of, entry } = this.#spec
    const { key, id, behaviour } = of.scenario
    const opening = behaviour.kind === 'script' ? behaviour.script.firstMessage : behaviour.firstMessage
    const time = this.#time
    return {
      result,
      runId: callRunId({ id: runId?.(index), result, index }, this.#attempt),
      runKey,
      scenario: { key, ...(id !== undefined && { id }) },
      agentVariables: of.testProfile?.agentVariables ?? noVariables,
      ...(isNumbered(entry.agent.connection) && { numbers: runNumbers(entry.agent, entry.entry, index) }),
      ...(opening?.length === 0 && { agentOpens: true }),
      ...(this.#aloud && { aloud: this.#aloud }),
      elapsedS: () => time.elapsedS(),
      hold: () => time.hold(),
      waits: (trunk, lacks) => this.#tellWaiting(trunk, lacks),
      awaits: (number, forMs) => this.#tellAwaiting(number, forMs),
      keep: dialogue => void (this.#dialogue = dialogue),
    }
  }

  #tellWaiting(trunk: string, lacks: Lacking | undefined): void {
    const { index } = this.#spec
    this.#use.emit({ type: 'run.waiting', index, attempt: this.#attempt, trunk, ...(lacks && { lacks }) })
  }

  #tellAwaiting(number: string, forMs: number): void {
    const { clock, emit } = this.#use
    const { index, key: run } = this.#spec
    emit({ type: 'run.awaiting', index, attempt: this.#attempt, at: clock.date().toISOString(), run, number, forMs })
  }
}

/** Records how long the call waited for its caller's model, if it did. */
function withThought(conversed: Conversed, { thoughtMs }: Deadline): Conversed {
  const thoughtS = Math.round(thoughtMs) / 1000
  if (thoughtS === 0) return conversed
  const { transcript } = conversed
  return { ...conversed, transcript: { ...transcript, ending: { ...transcript.ending, thoughtS } } }
}

function withSound(conversed: Conversed, measured: Sound | undefined, ours: readonly Wait[]): Conversed {
  if (!measured) return conversed
  const waits = [...(measured.waits ?? []), ...ours].toSorted((a, b) => a.startS - b.startS)
  const sound = waits.length > 0 ? { ...measured, waits } : measured
  return { ...conversed, transcript: { ...conversed.transcript, sound } }
}

/** The words and sounds of utterances, with the way in which they are said. */
function knownIn(utterances: readonly Utterance[]): (SaidWords | PlayedSound)[] {
  return utterances.flatMap(utterance =>
    asSpoken(utterance).flatMap(part => (part.type === 'text' || part.type === 'noise' || part.type === 'audio' ? part : [])),
  )
}

const noVariables: Call['agentVariables'] = {}
