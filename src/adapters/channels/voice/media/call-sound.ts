import type { Fault } from '../../../../domain/fault.js'
import type { DetectorName, Pacing, Sound, Stretch, TrackQuality } from '../../../../domain/sound.js'
import type { Line, LineEvent } from '../../../../ports/line.js'
import type { VoiceDetector } from '../../../../ports/speech.js'
import { HighPass } from '../../../audio/high-pass.js'
import { powerOf } from '../../../audio/level.js'
import { dtmfTones } from '../../../audio/tones.js'
import { Ear, type EarEvent } from './ear.js'
import { isSpoken, Mouth, type Cut, type SpokenUtterance, type Utterance } from './mouth.js'
import { Playout } from './playout.js'
import type { SoundShape } from './sound-shape.js'
import { SentFrames } from './sent-frames.js'
import { TrackMeter } from './track-meter.js'

/** What happens in a call. Times are seconds since the answer, counted in samples. Nothing follows `ended` or `broke`. */
export type CallSoundEvent =
  /** A stretch of the agent's speech begins, or is over. `quiet` comes 300 ms after its end at the earliest. */
  | { readonly type: 'speaking' | 'quiet'; readonly segment: number; readonly atS: number }
  /** The agent has been quiet for `quietMs`, since `atS`. Comes once for each stretch that it does not go on after. */
  | { readonly type: 'turn_over'; readonly segment: number; readonly atS: number }
  /** A piece of a stretch, to be made words of; its samples begin at `fromS`, before the speech. */
  | {
      readonly type: 'heard'
      readonly segment: number
      readonly startS: number
      readonly endS: number
      readonly fromS: number
      readonly samples: Int16Array
      /** Nothing of the stretch follows. */
      readonly isLast: boolean
    }
  /** Our utterance begins to be heard. */
  | { readonly type: 'began'; readonly id: number; readonly atS: number }
  /** Our utterance is over. `share`: how much of its sound was sent, 0..1; below 1 if it was cut. */
  | {
      readonly type: 'said'
      readonly id: number
      readonly startS: number
      readonly endS: number
      readonly share: number
      readonly cut?: Cut
    }
  /** The agent pressed telephone keys, by tones or by a signal of the line. */
  | { readonly type: 'keyed'; readonly digits: string; readonly atS: number }
  /** The agent says that its speech begins or ends, or that the caller should stop. */
  | { readonly type: 'signalled'; readonly is: 'begins' | 'ends'; readonly atS: number }
  /** What came from the line without sound. */
  | { readonly type: 'line'; readonly event: SoundlessEvent; readonly atS: number }
  | { readonly type: 'ended'; readonly atS: number }
  | { readonly type: 'broke'; readonly fault: Fault; readonly atS: number }

export type SoundlessEvent = Exclude<LineEvent, { type: 'sound' | 'clear' | 'mark' | 'speech' | 'keyed' | 'ended' | 'broke' }>

export interface CallSoundUse {
  readonly line: Line
  /** For the agent's track. */
  readonly detector: VoiceDetector
  readonly detectorName: DetectorName
  /** The agent's turn is over once it has been quiet for so long. */
  readonly quietMs: number
  /** The longest piece for speech-to-text, in seconds. Default: 9. */
  readonly longestPieceS?: number
  /** Takes both tracks, 20 ms at a time: they begin and end together. */
  readonly recorder?: TrackRecorder
  /** Changes what the caller sends: noise, a telephone band, a bad network. */
  readonly shape?: SoundShape
  emit(event: CallSoundEvent): void
}

/** Takes the two tracks of a call. The frames are only lent. */
export interface TrackRecorder {
  add(caller: Int16Array, agent: Int16Array): void
}

/** The lead of the agent's sound: 120 ms. */
const leadFrames = 6
/** Of so many frames it is known whether the caller spoke: a bad network delays none of them for longer. */
const remembered = 512

/**
 * The sound of one call. `tick` conducts 20 ms of it; between ticks comes what the line and the caller do.
 *
 * The agent's sound waits 120 ms before it is played, so that frames which come late leave no holes. This delay is ours: the agent's times, and
 * its track in the recording, are given without it.
 */
export class CallSound {
  /** The agent's turn is over once it has been quiet for so long. */
  quietMs: number
  readonly #use: CallSoundUse
  readonly #rate: number
  readonly #frame: number
  readonly #playout: Playout
  readonly #ear: Ear
  readonly #mouth: Mouth
  readonly #sent: SentFrames
  readonly #meter: TrackMeter
  /** Of the last frames, by their ticks: whether the caller spoke. */
  readonly #speaks = new Uint8Array(remembered)
  readonly #agentFrame: Int16Array
  /** What the agent said in the last 120 ms, and what of it is in the frequencies of speech. */
  readonly #due: Int16Array
  readonly #dueFiltered: Float64Array
  readonly #highPass: HighPass
  readonly #stretches: Stretch[] = []
  #ticks = 0
  #isOver = false
  #isTalking = false
  #isMuted = false
  /** When the agent said that it begins to speak, until it says that it is done. */
  #signalledAt: number | undefined
  /** What the last utterance went through, if not through the call's own shape. */
  #through: SoundShape | undefined
  /** Frames until all of that utterance has left its shape. */
  #leaving = 0
  /** The last stretch whose end as a turn was told. */
  #turnTold = 0

  constructor(use: CallSoundUse) {
    const { line } = use
    this.#use = use
    this.quietMs = use.quietMs
    this.#rate = line.rate
    this.#frame = line.rate / 50
    this.#playout = new Playout({ rate: line.rate, leadFrames, reached: mark => line.reached?.(mark) })
    this.#ear = new Ear({
      rate: line.rate,
      detector: use.detector,
      longestS: use.longestPieceS ?? 9,
      heard: event => this.#heard(event),
    })
    this.#mouth = new Mouth({
      rate: line.rate,
      mayBegin: utterance => this.#mayBegin(utterance),
      began: (utterance, start) => this.#began(utterance, start),
      spoke: spoken => this.#spoke(spoken),
    })
    this.#sent = new SentFrames(this.#frame, leadFrames)
    this.#meter = new TrackMeter(line.rate)
    this.#agentFrame = new Int16Array(this.#frame)
    this.#due = new Int16Array(leadFrames * this.#frame)
    this.#dueFiltered = new Float64Array(leadFrames * this.#frame)
    this.#highPass = new HighPass(line.rate)
  }

  /** Seconds since the answer: what was sent. */
  get elapsedS(): number {
    return this.#seconds(this.#now)
  }

  /** Whether the agent hung up, or the line broke, or `close` was called. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** How often the agent's sound ran out, at the end of an utterance or because it was late. */
  get underruns(): number {
    return this.#playout.underruns
  }

  /** Takes what comes from the line. */
  take(event: LineEvent): void {
    if (this.#isOver) return
    switch (event.type) {
      case 'sound':
        return this.#breakOn(this.#playout.push(event.samples))
      case 'mark':
        return this.#breakOn(this.#playout.mark(event.name))
      case 'clear':
        return this.#playout.clear()
      case 'speech':
        this.#signalledAt = event.is === 'begins' ? this.#now : undefined
        return this.#use.emit({ type: 'signalled', is: event.is, atS: this.elapsedS })
      case 'keyed':
        return this.#use.emit({ type: 'keyed', digits: event.digits, atS: this.elapsedS })
      case 'ended':
        this.#finish()
        return this.#use.emit({ type: 'ended', atS: this.elapsedS })
      case 'broke':
        return this.#breakOn(event.fault)
      default:
        return this.#use.emit({ type: 'line', event, atS: this.elapsedS })
    }
  }

  /** Says something after what is being said. */
  say(words: Utterance): void {
    if (this.#isOver)
      return this.#use.emit({ type: 'said', id: words.id, startS: this.elapsedS, endS: this.elapsedS, share: 0, cut: 'over' })
    this.#mouth.say(words)
  }

  /** Presses telephone keys after what is being said: by a signal of the line, if it has one, else by their tones. */
  press(id: number, digits: string): void {
    const { line } = this.#use
    // A signal that takes its time is silence meanwhile, so that what follows is not lost.
    const samples = line.press ? new Int16Array(this.#samples(1000 * (line.pressS?.(digits) ?? 0))) : dtmfTones(digits, this.#rate)
    this.say({ id, keys: digits, samples, yieldAfterMs: Number.POSITIVE_INFINITY })
  }

  /** Stops saying something: within 5 ms of the next frame. @param id  Default: everything. */
  cut(id?: number): void {
    this.#mouth.cut('cut', id)
  }

  /** Whether the caller's room is heard. */
  mute(isMuted: boolean): void {
    this.#isMuted = isMuted
  }

  /** Conducts the next 20 ms. After the end of the call it does nothing. */
  tick(): void {
    if (this.#isOver) return
    this.#hear(this.#ticks)
    this.#yieldIfDue()
    this.#tellTurnIfOver()
    this.#send()
    this.#ticks += 1
  }

  /**
   * Ends the call on our side, unless it is over: what is spoken breaks off. The line is not hung up by this.
   *
   * @param pacing  As whoever called `tick` measured it.
   */
  close(pacing: Pacing): Sound {
    if (!this.#isOver) this.#finish()
    const agent = this.#ear.quality()
    const caller = this.#meter.quality()
    return { ...this.#measured(agent, caller), pacing }
  }

  get #now(): number {
    return this.#ticks * this.#frame
  }

  #measured(agent: TrackQuality, caller: TrackQuality): Omit<Sound, 'pacing'> {
    return {
      rate: this.#rate,
      seconds: this.elapsedS,
      stretches: this.#stretches.toSorted((a, b) => a.startS - b.startS),
      caller,
      agent,
      detector: this.#use.detectorName,
    }
  }

  /** Plays 20 ms of the agent's sound, and hears and records them beside what was sent when they came. */
  #hear(tick: number): void {
    this.#playout.play(this.#agentFrame)
    const at = tick - leadFrames
    if (at < 0) return
    this.#use.recorder?.add(this.#sent.frame(at), this.#agentFrame)
    this.#ear.hear(this.#agentFrame)
  }

  #send(): void {
    const { line } = this.#use
    const frame = this.#sent.frame(this.#ticks)
    const utterance = this.#mouth.speak(frame)
    const isTalking = utterance !== undefined
    if (isTalking !== this.#isTalking) {
      this.#isTalking = isTalking
      line.speech?.(isTalking ? 'begins' : 'ends')
    }
    this.#shapeOf(utterance)?.shape(frame, this.#isMuted)
    // What the agent does not let in is no sound of the call: nobody heard it, and nobody finds it in the recording.
    if (line.isMuted?.() === true) frame.fill(0)
    this.#speaks[this.#ticks % remembered] = utterance !== undefined && isSpoken(utterance) ? 1 : 0
    this.#measure(frame, this.#speaks[(this.#ticks - this.#lagOfSent + remembered) % remembered] === 1)
    line.send(frame)
  }

  /** What a frame goes through. A shape is kept until all that it delays has left it. */
  #shapeOf(utterance: Utterance | undefined): SoundShape | undefined {
    if (utterance) {
      this.#through = utterance.shape
      this.#leaving = this.#delayOf(utterance) / this.#frame
    } else if (this.#leaving > 0) this.#leaving -= 1
    else this.#through = undefined
    return this.#through ?? this.#use.shape
  }

  /** How many frames ago what is being sent was said. */
  get #lagOfSent(): number {
    return Math.min(remembered - 1, Math.round(((this.#through ?? this.#use.shape)?.delay ?? 0) / this.#frame))
  }

  #measure(frame: Int16Array, isWords: boolean): void {
    this.#meter.inspect(frame)
    if (isWords) this.#meter.addSpeech(powerOf(frame), 1)
    else this.#meter.addBackground(powerOf(frame), 1)
  }

  /** The caller falls silent if the agent has talked over it for long enough. */
  #yieldIfDue(): void {
    const speaking = this.#mouth.current
    if (!speaking || speaking.yieldAfterMs === Number.POSITIVE_INFINITY) return
    const patience = this.#samples(speaking.yieldAfterMs)
    const signalled = this.#signalledAt
    // An agent that began before the caller did may have forgotten to say that it is done.
    if (signalled !== undefined && signalled >= this.#mouth.start && this.#now - signalled >= patience) return this.#mouth.cut('yielded')
    if (!this.#ear.isVoiced) return
    const overlap = this.#now - Math.max(this.#ear.onset, this.#mouth.start) - patience
    if (overlap < 0) return
    // What was heard is 120 ms old. What came since shows whether the agent still speaks; if it is late, it is waited for.
    if (this.#duePower(this.#due.length / 2) >= this.#ear.noticedPower || overlap >= this.#due.length) this.#mouth.cut('yielded')
  }

  #tellTurnIfOver(): void {
    const { segment } = this.#ear
    if (segment === this.#turnTold || !this.#isQuietFor(this.quietMs)) return
    this.#turnTold = segment
    this.#use.emit({ type: 'turn_over', segment, atS: this.#seconds(this.#ear.lastEnd) })
  }

  #mayBegin({ when, shape }: Utterance): boolean {
    if (this.#leaving > 0 && shape !== this.#through) return false
    if (!when) return true
    if (when.agent === 'quiet') return this.#isQuietFor(when.forMs)
    return this.#ear.isVoiced && this.#now - this.#ear.onset >= this.#samples(when.forMs)
  }

  /** Whether the agent has been quiet for so long, also in what came and is still to be played. */
  #isQuietFor(ms: number): boolean {
    const { isSpeaking, isListening, lastEnd, noticedPower } = this.#ear
    if (isSpeaking || isListening || this.#now - lastEnd < this.#samples(ms)) return false
    return this.#duePower(0) <= noticedPower
  }

  /** The power of what came and is still to be heard, from a place in it on: 0 if there is nothing. As the ear hears it. */
  #duePower(from: number): number {
    const count = this.#playout.peek(this.#due)
    this.#highPass.restart(this.#due[0]!)
    this.#highPass.pass(this.#due, this.#dueFiltered)
    return powerOf(this.#dueFiltered, Math.min(from, count), count)
  }

  #heard(event: EarEvent): void {
    const { emit } = this.#use
    switch (event.type) {
      case 'speaking':
        return emit({ type: 'speaking', segment: event.segment, atS: this.#seconds(event.at) })
      case 'quiet':
        if (event.isSpeech)
          this.#stretches.push({
            by: 'agent',
            segment: event.segment,
            startS: this.#seconds(this.#ear.onset),
            endS: this.#seconds(event.at),
          })
        return emit({ type: 'quiet', segment: event.segment, atS: this.#seconds(event.at) })
      case 'heard':
        return emit({
          type: 'heard',
          segment: event.segment,
          startS: this.#seconds(event.start),
          endS: this.#seconds(event.end),
          fromS: this.#seconds(event.from),
          samples: event.samples,
          isLast: event.isLast,
        })
      case 'keyed':
        return emit({ type: 'keyed', digits: event.digit, atS: this.#seconds(event.at) })
    }
  }

  #began(utterance: Utterance, start: number): void {
    if (utterance.keys !== undefined) this.#use.line.press?.(utterance.keys)
    this.#use.emit({ type: 'began', id: utterance.id, atS: this.#seconds(start + this.#delayOf(utterance)) })
  }

  #spoke({ utterance, start, end, played, cut }: SpokenUtterance): void {
    const delay = this.#delayOf(utterance)
    const startS = this.#seconds(start + delay)
    const endS = this.#seconds(end + delay)
    const { kind } = utterance
    if (end > start && (isSpoken(utterance) || kind)) {
      this.#stretches.push({ by: 'caller', startS, endS, ...(kind && { kind }), ...(cut === 'yielded' && { cut: true }) })
    }
    const share = utterance.samples.length === 0 ? 1 : played / utterance.samples.length
    this.#use.emit({ type: 'said', id: utterance.id, startS, endS, share: cut && played === 0 ? 0 : share, ...(cut && { cut }) })
  }

  #breakOn(fault: Fault | undefined): void {
    if (!fault) return
    this.#finish()
    this.#use.emit({ type: 'broke', fault, atS: this.elapsedS })
  }

  /** Hears what was due until now. What was not, nobody would have heard. */
  #finish(): void {
    this.#isOver = true
    for (let tick = this.#ticks; tick < this.#ticks + leadFrames; tick += 1) this.#hear(tick)
    this.#ear.close()
    this.#mouth.close()
  }

  #delayOf({ shape = this.#use.shape }: Utterance): number {
    return shape?.delay ?? 0
  }

  #samples(ms: number): number {
    return (ms * this.#rate) / 1000
  }

  #seconds(samples: number): number {
    // A tenth of a millisecond is more than anybody needs.
    return Math.round((samples / this.#rate) * 10_000) / 10_000
  }
}
