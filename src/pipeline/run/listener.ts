import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { endOfTurnMs } from '../../domain/turn-text.js'
import type { AgentEvent } from '../../ports/channel.js'
import { broken, over, type CallOver, type OpenCall } from './call.js'
import { dueNext, moveFloor, openFloor, type CutIn, type Due, type FloorEvent, type FloorState } from './floor.js'
import { TalkedOver } from './talked-over.js'

/** How often to look whether everything has been heard. */
const behindMs = 10
/** How late the end of a silence may be noticed. */
const mostLateMs = 250

/**
 * Hears the agent for the caller, and tracks who has the floor. It takes the call's events from the inbox.
 *
 * All methods that wait throw `CallOver` when the agent hangs up, breaks or falls silent, or when the call's time is up.
 */
export class Listener {
  readonly #call: OpenCall
  readonly #messages: string[] = []
  readonly #floor: FloorState
  readonly #talkedOver = new TalkedOver()

  constructor(call: OpenCall) {
    this.#call = call
    this.#floor = openFloor(call.conversation.floor, call.clock.now())
  }

  get floor(): Readonly<FloorState> {
    return this.#floor
  }

  /** The agent's messages that the caller has not dealt with yet. */
  messages(): readonly string[] {
    return this.#messages.slice(this.#floor.dealtWith)
  }

  /** Records an action of the caller on the floor. */
  callerDoes(event: FloorEvent): void {
    if (event === 'delivers' || event === 'prompts') this.#talkedOver.callerEnds(this.#call.conversation.elapsedS())
    this.#move(event)
  }

  /** The caller begins a part of its turn. @param insists  Whether it speaks on, whatever the agent says. */
  callerSpeaks(insists: boolean): void {
    this.#talkedOver.callerBegins(this.#floor, this.#call.conversation.elapsedS(), insists)
    this.#move('speaks')
  }

  /**
   * What is due now: the caller may answer what it heard (`heard`), or both sides have been idle for `idle_timeout` (`idle`).
   * `undefined` if nothing is due yet.
   */
  due(): 'heard' | 'idle' | undefined {
    // Events that came together are heard together: the caller does not answer an agent that says goodbye and hangs up.
    this.#hear()
    return this.#check(this.#upcoming())
  }

  /** Waits for an event, or until something may be due. */
  wait(): Promise<void> {
    return this.#wait(this.#upcoming().atMs)
  }

  /**
   * Waits for a promise, and hears the agent meanwhile.
   *
   * @param untilWords  Whether to return `undefined` at once when the agent says something.
   * @throws The promise's rejection.
   */
  async during<T>(promise: Promise<T>, untilWords: boolean): Promise<T | undefined> {
    let isSettled = false
    const settle = (): void => {
      isSettled = true
      this.#call.inbox.nudge()
    }
    promise.then(settle, settle)
    while (!isSettled) {
      if (this.#hear() && untilWords) return undefined
      await this.#wait(Infinity)
    }
    return promise
  }

  /** Waits out a pause. Returns true at once if the agent may interrupt and does. */
  async pause(ms: number, agentMayBreakIn: boolean): Promise<boolean> {
    const { clock, conversation, record } = this.#call
    const sinceS = conversation.elapsedS()
    for (const untilMs = clock.now() + ms; clock.now() < untilMs; await this.#wait(untilMs)) {
      if (this.#hear() && agentMayBreakIn) return true
    }
    if (!agentMayBreakIn) record.waited(sinceS, conversation.elapsedS())
    this.#move('waits')
    return false
  }

  /** Waits until the agent owes no answer. @returns Nothing if it owes none. */
  settle(): Promise<void> | undefined {
    this.#hear()
    return this.#floor.isOwed ? this.#untilSettled() : undefined
  }

  async #untilSettled(): Promise<void> {
    for (; this.#floor.isOwed; this.#hear()) {
      const next = this.#upcoming()
      this.#check(next)
      await this.#wait(next.atMs)
    }
  }

  #move(event: FloorEvent): void {
    moveFloor(this.#floor, event, this.#call.clock.now())
  }

  /** An event of which we hear later than it happened. */
  #moveAt(event: FloorEvent, atS: number): void {
    const { clock, conversation } = this.#call
    moveFloor(this.#floor, event, clock.now() - Math.max(0, conversation.elapsedS() - atS) * 1000)
  }

  /**
   * Takes all waiting events.
   *
   * @returns Whether the agent began to speak, or said something.
   */
  #hear(): boolean {
    let hasSpoken = false
    // The silence is measured anew after a wait that the agent asked for.
    if (this.#call.time.takeResumed()) this.#move('waits')
    for (const event of this.#call.inbox.takeAll()) {
      this.#take(event)
      hasSpoken ||= event.type === 'said' || event.type === 'speaking'
    }
    return hasSpoken
  }

  #take(event: AgentEvent): void {
    switch (event.type) {
      case 'said':
        if (!this.#floor.callerSpeaks) this.#call.asides?.hears(event.text, this.#floor.agentSpeaks)
        return this.#says(event.text, event.segment !== undefined && this.#talkedOver.hasWordsOf(event.segment, this.#floor))
      case 'speaking':
        if (!this.#floor.callerSpeaks) this.#call.asides?.hearsMore()
        this.#talkedOver.agentBegins(event)
        return this.#moveAt('speaking', event.atS)
      case 'quiet': {
        this.#talkedOver.agentEnds(event, this.#floor)
        const isBefore = this.#talkedOver.has(event.segment)
        // Words that are made out after the call, or never, are not waited for: that the agent has spoken is all its caller needs.
        if (this.#wordsComeLater) this.#says('', isBefore)
        return this.#moveAt(isBefore ? 'stopped' : 'quiet', event.atS)
      }
      case 'keyed':
      case 'tool_called':
      case 'tool_returned':
      case 'answering':
      case 'yielded':
        return this.#move(event.type)
      case 'thought':
        return this.#move('answering')
      case 'metadata':
        return
      case 'ended':
        if (!this.#hasSpoken) throw this.#broken(callFaults.hungUpUnheard())
        throw over(this.#call, 'agent', event.afterWords ? 'Main agent-ended-call-after-message-spoken' : 'Main agent-ended-call')
      case 'broke':
        throw this.#broken(event.fault)
    }
  }

  #says(text: string, isBefore = false): void {
    this.#messages.push(text)
    this.#move(isBefore ? 'said_before' : 'said')
  }

  get #wordsComeLater(): boolean {
    const hear = this.#call.aloud?.hear
    return hear === 'after' || hear === 'never'
  }

  get #hasSpoken(): boolean {
    if (this.#wordsComeLater && (this.#floor.said > 0 || this.#floor.agentSpeaks)) return true
    const { moments } = this.#call.record
    return moments.some(moment => moment.type !== 'dtmf' && moment.type !== 'thought' && moment.by === 'agent')
  }

  #upcoming(): Due {
    const { scenario, agent, time, conversation, clock } = this.#call
    if (time.isHeld) return { what: 'heard', atMs: Infinity }
    const policy = { quietMs: this.#quietMs(), idleMs: scenario.idleTimeoutMs, silenceMs: agent.silenceMs, cutIn: this.#cutIn() }
    const due = dueNext(this.#floor, policy)
    // An agent is not done while some of what it has sent is still to be heard.
    return due.what === 'heard' && conversation.isBehind?.() ? { ...due, atMs: Math.max(due.atMs, clock.now() + behindMs) } : due
  }

  /** How quiet the agent must have been for its turn to be over, if nothing else says so. */
  #quietMs(): number {
    if (this.#floor.floor === 'turns' || !this.#floor.isFresh) return 0
    const { caller, agent, aloud } = this.#call
    if (aloud) return aloud.turns.endOfTurnMs
    const patience = caller.patience?.()
    if (patience?.quietMs === 0) return 0
    return Math.max(patience?.quietMs ?? 0, endOfTurnMs(agent.messages, this.#messages.at(-1) ?? ''))
  }

  /** With sound: when the caller cuts in, in turns in which it does. */
  #cutIn(): CutIn | undefined {
    const { caller, aloud } = this.#call
    if (!aloud) return undefined
    const { turns } = aloud
    const cutInMs = caller.cutInMs?.()
    if (cutInMs !== undefined) return { afterMs: cutInMs, unheard: true }
    const patience = caller.patience?.()
    if (patience?.quietMs !== 0) return undefined
    const words = this.messages().join(' ').split(/\s+/).filter(Boolean).length
    // Nobody cuts in twice on one utterance of the agent whose words it does not know.
    const unheard = (this.#wordsComeLater || patience.needsNoWords === true) && this.#floor.isAnswered
    return { afterMs: words >= turns.cutInAfterWords ? 0 : turns.cutInAfterMs, unheard }
  }

  #check({ what, atMs }: Due): 'heard' | 'idle' | undefined {
    const lateMs = this.#call.clock.now() - atMs
    if (lateMs < 0) return undefined
    if (what !== 'silent') return what
    if (lateMs > mostLateMs) {
      // This process stood still, and what the agent has said may wait to be read. So its silence is measured anew.
      this.#move('waits')
      return undefined
    }
    const { conversation, agent } = this.#call
    throw this.#broken(conversation.unreached?.() ?? callFaults.silence({ ms: agent.silenceMs }))
  }

  /** Waits for an event, at most until a given time or the call's deadline. */
  #wait(untilMs: number): Promise<void> {
    const { clock, deadline, inbox } = this.#call
    return clock.now() < deadline.atMs ? inbox.wait(Math.min(untilMs, deadline.atMs)) : this.#endOverdue()
  }

  async #endOverdue(): Promise<never> {
    const ended = this.#overdue()
    await this.#call.conversation.end('')
    throw ended
  }

  #broken(fault: Fault): CallOver {
    return broken(this.#call.record, this.#call.conversation.elapsedS(), fault)
  }

  /** A call says nothing about the agent if its time went into the caller's thinking, into waits the agent asked for, or into connecting. */
  #overdue(): CallOver {
    const { deadline, time, conversation } = this.#call
    if (deadline.isCallersFault) return this.#broken(callFaults.slowCaller())
    if (time.isMostlyHeld()) return this.#broken(callFaults.heldTooLong())
    const unreached = conversation.unreached?.()
    return unreached ? this.#broken(unreached) : over(this.#call, 'limit', 'exceeded-max-duration')
  }
}
