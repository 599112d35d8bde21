import { stringifyExact } from '../../../domain/exact-number.js'
import type { Fault } from '../../../domain/fault.js'
import type { Recording } from '../../../domain/recording.js'
import type { Hearing as When } from '../../../domain/hearing.js'
import type { ClaimedWords, Sound, Wait } from '../../../domain/sound.js'
import { shownSound, type PlayedSound } from '../../../domain/spoken.js'
import type {
  AgentEvent,
  Aside,
  CallAloud,
  Conversation,
  Delivered,
  Hear,
  Said,
  SaidWords,
  Saying,
  ToolCalled,
} from '../../../ports/channel.js'
import type { CallTools } from '../../../ports/call-tools.js'
import type { SpokenWords } from '../../../ports/speech.js'
import type { Clock } from '../../../ports/clock.js'
import { engineFault } from './engine-fault.js'
import { join } from 'node:path'
import { Hearing } from './hearing.js'
import type { MediaThread } from './media-threads.js'
import type { CallSoundEvent, SoundlessEvent } from './media/call-sound.js'
import type { Utterance } from './media/mouth.js'
import { writeRecording } from './media/write-recording.js'
import type { AnsweredTool, DialledCall, FromMedia } from './messages.js'
import type { CallSpeech, Sounding } from './speech.js'
import { wordsUntil } from './words-until.js'

/** An agent that hangs up so soon after its last words has said goodbye. */
const farewellS = 2
/** More different warnings of a call tell nothing new. */
const mostWarnings = 20
/** Less than this is no wait. */
const noticeableS = 0.1

export interface VoiceCall {
  readonly speech: CallSpeech
  readonly recording?: CallAloud['recording']
  /** When the agent's words are known. */
  readonly words: When
  readonly clock: Clock
  readonly hear: Hear
  readonly signal: AbortSignal
  readonly thread: MediaThread
  /** The tools that the agent was offered in this call. */
  readonly tools?: CallTools
}

/** An utterance under way. */
interface Under {
  /** What was said of it, by the share that was sent, 0..1; keys have no words. */
  readonly until?: (share: number) => string
  readonly tell: (delivered: Delivered) => void
  length: number
}

/** What is known of an utterance before its sound is made. */
type SayingFacts = Pick<Utterance, 'yieldAfterMs' | 'kind' | 'isNoise' | 'when'>

/** The caller's end of a call whose sound another thread carries. */
export class VoiceConversation {
  readonly floor = 'speech'
  readonly #use: VoiceCall
  readonly #number: number
  readonly #under = new Map<number, Under>()
  readonly #hearing: Hearing | undefined
  readonly #stop = new AbortController()
  readonly #abort = (): void => this.#drop()
  readonly #claimed: ClaimedWords[] = []
  readonly #waits: Wait[] = []
  readonly #warnings = new Set<string>()
  /** What the mouth was asked for. */
  readonly #said: SpokenWords[] = []
  #lastId = 0
  #rate = 0
  #answeredMs: number | undefined
  #lastVoiceS = 0
  #isOver = false
  #sound: Sound | undefined
  /** Why words of the agent are missing. */
  #unheard: Fault | undefined
  #tellAnswered!: (fault: Fault | undefined) => void
  #tellClosed!: () => void
  readonly answered = new Promise<Fault | undefined>(resolve => (this.#tellAnswered = resolve))
  readonly #closed = new Promise<void>(resolve => (this.#tellClosed = resolve))

  constructor(use: VoiceCall, dialled: DialledCall) {
    this.#use = use
    const { ears, spent } = use.speech
    const on = {
      heard: (event: AgentEvent) => this.#pass(event),
      failed: (fault: Fault) => {
        this.#unheard ??= fault
        this.#break(fault)
      },
    }
    this.#hearing = ears && new Hearing({ ears, when: use.words === 'after' ? 'after' : 'live' }, { signal: this.#stop.signal, spent }, on)
    this.#number = use.thread.enter(message => this.#take(message))
    use.signal.addEventListener('abort', this.#abort, { once: true })
    const { connection } = dialled
    use.thread.post({ type: 'dial', call: this.#number, ...dialled }, connection.type === 'sip' ? [connection.signalling] : [])
  }

  /** Zero at the answer. */
  elapsedS(): number {
    return this.#answeredMs === undefined ? 0 : Math.max(0, Math.round(this.#use.clock.now() - this.#answeredMs) / 1000)
  }

  isBehind(): boolean {
    return this.#hearing?.isBehind ?? false
  }

  say(part: Said): Saying {
    if (part.type !== 'dtmf')
      return this.#begin(
        share => wordsUntil(part.text, share),
        id => void this.#sayPart(id, part),
      )
    return this.#begin(undefined, id => this.#use.thread.post({ type: 'press', call: this.#number, id, digits: part.digits }))
  }

  play(sound: PlayedSound): Saying {
    return this.#begin(
      share => (share > 0 ? shownSound(sound) : ''),
      id => void this.#sayPart(id, sound),
    )
  }

  aside(aside: Aside): Saying {
    const { kind, text, afterMs } = aside
    const facts = {
      kind,
      yieldAfterMs: Number.POSITIVE_INFINITY,
      when: { agent: 'speaking', forMs: afterMs },
      ...(text === undefined && { isNoise: true as const }),
    } as const
    return this.#begin(
      () => '',
      id => void this.#speak(id, facts, (rate, signal) => this.#use.speech.aside(aside, rate, signal)),
    )
  }

  mute(isMuted: boolean): void {
    this.#use.thread.post({ type: 'mute', call: this.#number, isMuted })
  }

  #begin(until: Under['until'], begin: (id: number) => void): Saying {
    const id = (this.#lastId += 1)
    if (this.#isOver) return this.#unsaid()
    const done = new Promise<Delivered>(resolve => this.#under.set(id, { ...(until && { until }), tell: resolve, length: 0 }))
    begin(id)
    return { done, cut: () => this.#cut(id) }
  }

  /** Hangs up; the agent's last words are still made out. */
  async end(): Promise<void> {
    if (!this.#isOver) this.#use.thread.post({ type: 'hang_up', call: this.#number })
    await this.#closed
    await this.#hearing?.done()
  }

  /** What was measured of its sound; `undefined` if it never was answered. */
  async sound(): Promise<Sound | undefined> {
    await this.#closed
    if (!this.#sound) return undefined
    const { mouth, ears } = this.#use.speech
    const recording = await this.#recording(this.#sound.rate)
    const selfHeard = await this.#use.speech.selfHeard(this.#said, this.#use.signal)
    return {
      ...this.#sound,
      ...(this.#claimed.length > 0 && { claimed: this.#claimed }),
      ...(this.#waits.length > 0 && { waits: this.#waits }),
      ...(this.#warnings.size > 0 && { warnings: [...this.#warnings] }),
      ...(mouth && { mouth: mouth.name }),
      ...(ears && { ears: ears.name }),
      ...(selfHeard && { selfHeard }),
      ...(recording && { recording }),
    }
  }

  /** Why words of the agent were not made out; known once all was heard. */
  unheard(): Fault | undefined {
    return this.#unheard
  }

  async #recording(rate: number): Promise<Recording | undefined> {
    const { recording } = this.#use
    if (!recording) return undefined
    const { folder, name, format } = recording
    const path = `${name}.${format}`
    return { path, ...(await writeRecording({ pcm: join(folder, `${name}.pcm`), rate }, join(folder, path), format)) }
  }

  async dispose(): Promise<void> {
    // What is left for after the call.
    if (this.#isOver && !this.#stop.signal.aborted) await this.#hearing?.done()
    this.#drop()
    await this.#closed
    this.#use.signal.removeEventListener('abort', this.#abort)
  }

  async #sayPart(id: number, part: SaidWords | PlayedSound): Promise<void> {
    const { speech } = this.#use
    const sinceS = this.elapsedS()
    const facts = {
      yieldAfterMs: speech.yieldAfterMs(part),
      ...(part.type === 'text' && part.kind && { kind: part.kind }),
      ...(part.type === 'noise' && { isNoise: true as const }),
    }
    if (part.type === 'text') this.#said.push(speech.asked(part))
    await this.#speak(id, facts, async (rate, signal) => {
      const made = await speech.sound(part, rate, signal)
      this.#note(sinceS)
      return made
    })
  }

  async #speak(id: number, facts: SayingFacts, make: (rate: number, signal: AbortSignal) => Promise<Sounding>): Promise<void> {
    try {
      const { samples, through } = await make(this.#rate, this.#stop.signal)
      const under = this.#under.get(id)
      if (!under || this.#isOver) return
      under.length = samples.length
      this.#use.thread.post({ type: 'say', call: this.#number, id, samples, ...facts, ...(through && { through }) }, [
        samples.buffer as ArrayBuffer,
      ])
    } catch (cause) {
      if (!this.#stop.signal.aborted) this.#break(engineFault(cause))
    }
  }

  #cut(id: number): void {
    const under = this.#under.get(id)
    if (!under) return
    if (under.length > 0 || !under.until) this.#use.thread.post({ type: 'cut', call: this.#number, id })
    else this.#tell(id, { startS: this.elapsedS(), endS: this.elapsedS(), said: '' })
  }

  #unsaid(): Saying {
    const nowS = this.elapsedS()
    return { done: { startS: nowS, endS: nowS, said: '' }, cut: () => undefined }
  }

  #tell(id: number, delivered: Delivered): void {
    const under = this.#under.get(id)
    this.#under.delete(id)
    under?.tell(delivered)
  }

  #take(message: FromMedia): void {
    switch (message.type) {
      case 'answered':
        this.#rate = message.rate
        this.#answeredMs = this.#use.clock.now() - (performance.timeOrigin + performance.now() - message.answeredAtMs)
        return this.#tellAnswered(undefined)
      case 'failed':
        this.#tellAnswered(message.fault)
        return this.#break(message.fault)
      case 'sound':
        return this.#heard(message.event)
      case 'closed':
        this.#sound = message.sound
        return this.#close()
    }
  }

  #heard(event: CallSoundEvent): void {
    switch (event.type) {
      case 'speaking':
        return this.#pass(event)
      case 'quiet':
        this.#lastVoiceS = event.atS
        return this.#pass(event)
      case 'keyed':
        return this.#pass(event)
      case 'heard': {
        const { segment, startS, endS, samples } = event
        return this.#hearing?.take({ segment, startS, endS, sound: { rate: this.#rate, samples } })
      }
      case 'said': {
        const { id, startS, endS, cut, share } = event
        const said = this.#under.get(id)?.until?.(share) ?? ''
        return this.#tell(id, { startS, endS, ...(cut && { said }) })
      }
      case 'line':
        return this.#soundless(event.event, event.atS)
      case 'ended':
        return this.#overOnce({ type: 'ended', afterWords: event.atS - this.#lastVoiceS < farewellS, atS: event.atS })
      case 'broke':
        return this.#break(event.fault)
      default:
        // What the media has to know, and the caller does not.
        return
    }
  }

  #soundless(event: SoundlessEvent, atS: number): void {
    switch (event.type) {
      case 'tool_called':
        this.#pass({ ...event, atS })
        return void this.#answer(event)
      case 'tool_returned':
        return this.#pass({ ...event, atS })
      case 'metadata':
        return this.#pass(event)
      case 'wanted':
        return void this.#voice(event)
      case 'warned':
        if (this.#warnings.size < mostWarnings) this.#warnings.add(event.warning)
        return
      case 'claimed':
        this.#claimed.push({ text: event.text, atS })
        if (this.#use.words === 'claimed') this.#pass({ type: 'said', text: event.text, startS: atS, endS: atS })
        return
      default:
        return
    }
  }

  /** Answers a call of a tool that was offered, or of none that there is. When it did so is told by the sound, as all else is. */
  async #answer({ id, name, arguments: args }: Omit<ToolCalled, 'atS'>): Promise<void> {
    const { tools, thread } = this.#use
    if (!tools || id === undefined) return
    try {
      const { result, isUnmatched } = await tools.answer(name, args, this.#stop.signal)
      if (this.#isOver) return
      const output = typeof result === 'string' && result !== '' ? result : stringifyExact(result)
      const returned: AnsweredTool = { type: 'tool_returned', id, name, result, ...(isUnmatched && { unmatched: true }) }
      thread.post({ type: 'answer_tool', call: this.#number, id, output, returned })
    } catch (cause) {
      if (!this.#stop.signal.aborted) this.#break(engineFault(cause))
    }
  }

  /** Speaks for the transport, which has no voice here. */
  async #voice({ id, text }: Extract<SoundlessEvent, { type: 'wanted' }>): Promise<void> {
    const sinceS = this.elapsedS()
    try {
      const samples = await this.#use.speech.voice(text, this.#rate, this.#stop.signal)
      this.#note(sinceS)
      const transfer = samples ? [samples.buffer as ArrayBuffer] : []
      if (!this.#isOver) this.#use.thread.post({ type: 'voiced', call: this.#number, id, ...(samples && { samples }) }, transfer)
    } catch (cause) {
      if (!this.#stop.signal.aborted) this.#break(engineFault(cause))
    }
  }

  /** Speech that has to be made first is late by our doing. */
  #note(sinceS: number): void {
    const lateS = this.elapsedS()
    if (lateS - sinceS > noticeableS) this.#waits.push({ startS: sinceS, endS: lateS })
  }

  #pass(event: AgentEvent): void {
    if (!this.#stop.signal.aborted) this.#use.hear(event)
  }

  #break(fault: Fault): void {
    this.#overOnce({ type: 'broke', fault })
  }

  /** The last event comes after the words of what was said before it. */
  #overOnce(last: AgentEvent): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const id of this.#under.keys()) this.#cut(id)
    const tell = (): void => this.#pass(last)
    if (this.#use.words === 'live' && this.#hearing) void this.#hearing.done().then(tell)
    else tell()
  }

  #close(): void {
    this.#isOver = true
    this.#use.thread.leave(this.#number)
    const nowS = this.elapsedS()
    for (const id of this.#under.keys()) this.#tell(id, { startS: nowS, endS: nowS, said: '' })
    this.#tellClosed()
  }

  #drop(): void {
    this.#stop.abort()
    this.#tellAnswered(undefined)
    this.#use.thread.post({ type: 'drop', call: this.#number })
  }
}

/** As a plain object, so that a decorator may spread it. */
export function asConversation(own: VoiceConversation): Conversation {
  return {
    floor: own.floor,
    elapsedS: () => own.elapsedS(),
    isBehind: () => own.isBehind(),
    say: part => own.say(part),
    play: sound => own.play(sound),
    aside: aside => own.aside(aside),
    mute: isMuted => own.mute(isMuted),
    end: () => own.end(),
    sound: () => own.sound(),
    unheard: () => own.unheard(),
    [Symbol.asyncDispose]: () => own.dispose(),
  }
}
