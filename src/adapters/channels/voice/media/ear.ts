import type { VoiceDetector } from '../../../../ports/speech.js'
import type { TrackQuality } from '../../../../domain/sound.js'
import { DtmfDetector } from '../../../audio/dtmf-detector.js'
import { aboveBackgroundDb } from '../../../audio/energy-detector.js'
import { dbfsOf, powerOf, powerOfDbfs } from '../../../audio/level.js'
import { NoiseFloor } from '../../../audio/noise-floor.js'
import { edgePower, endIn, onsetIn, quietestPlace } from './refine-edges.js'
import { Spread } from './spread.js'
import { TrackHistory } from './track-history.js'
import { TrackMeter } from './track-meter.js'

/** What is heard of a track. Places are counted in samples from its beginning. */
export type EarEvent =
  /** A stretch of speech begins. Its number counts from 1. */
  | { readonly type: 'speaking'; readonly segment: number; readonly at: number }
  /** A stretch is over. `isSpeech`: whether it was any, or turned out to be noise or a tone; then no more of its pieces come. */
  | { readonly type: 'quiet'; readonly segment: number; readonly at: number; readonly isSpeech: boolean }
  /**
   * A piece of a stretch, to be made words of: from `start` to `end` it is speech; its samples begin at `from`. A stretch that is too long for
   * one piece is cut where it is quietest.
   */
  | {
      readonly type: 'heard'
      readonly segment: number
      readonly start: number
      readonly end: number
      readonly from: number
      readonly samples: Int16Array
      /** Nothing of the stretch follows. */
      readonly isLast: boolean
    }
  | { readonly type: 'keyed'; readonly digit: string; readonly at: number }

export interface EarUse {
  readonly rate: number
  readonly detector: VoiceDetector
  /** The longest piece, in seconds. */
  readonly longestS: number
  heard(event: EarEvent): void
}

/** Fewer frames of speech in a row are a click. */
const framesToBegin = 2
/** A shorter pause is one between words, and does not end a stretch. */
const framesToEnd = 15
/** How much of what surrounds a stretch belongs to its pieces, so that no consonant is lost. */
const marginS = 0.2
/**
 * The level of speech goes up and down with its syllables. The standard deviation of its frames, in dB: 6.2 or more with the voices of flite, also
 * where one says "mmm", and 1.7 or more in white noise of 5 dB. That of white noise is 0.3 at most, that of a telephone's tones 0.8.
 */
const steadyDb = 1.5
/** From so many frames on this is known. */
const framesToKnow = 20
/** For so long after the tones of a key a detector may still take them for speech. */
const deafFrames = 5

/** Tells what an agent's track carries: stretches of speech, to the sample, and telephone keys. */
export class Ear {
  readonly #use: EarUse
  readonly #history: TrackHistory
  readonly #floor = new NoiseFloor()
  readonly #keys: DtmfDetector
  readonly #meter: TrackMeter
  readonly #margin: number
  #segment = 0
  #isSpeaking = false
  /** Of the stretch, or of the last one. */
  #onset = 0
  #end = 0
  /** Where the next piece begins, and the last one ended. */
  #from = 0
  #taken = 0
  /** Frames of speech in a row before a stretch; frames without speech in a row in it. */
  #loud = 0
  #quiet = 0
  #deaf = 0
  /** Power of the frames of which is not known yet whether they are speech. */
  #undecided = 0
  #undecidedFrames = 0
  /** Power of the speech of the stretch. */
  #voiced = 0
  #voicedFrames = 0
  /** Levels of its frames, and of the latest: the last voiced one, and the pause after it. */
  readonly #levels = new Spread()
  readonly #latest: number[] = []

  constructor(use: EarUse) {
    this.#use = use
    this.#history = new TrackHistory(use.rate, use.longestS + 0.5)
    this.#keys = new DtmfDetector(use.rate)
    this.#meter = new TrackMeter(use.rate)
    this.#margin = Math.round(use.rate * marginS)
  }

  /** Whether a stretch is not over yet. */
  get isSpeaking(): boolean {
    return this.#isSpeaking
  }

  /** Whether speech was heard in the last 60 ms: not in a pause of a stretch. */
  get isVoiced(): boolean {
    return this.#isSpeaking && this.#quiet < 3
  }

  /** Whether a stretch may be about to begin. */
  get isListening(): boolean {
    return this.#loud > 0
  }

  /** The number of the current stretch, or of the last one; 0 before the first. */
  get segment(): number {
    return this.#segment
  }

  /** First sample of the current stretch, or of the last one. */
  get onset(): number {
    return this.#onset
  }

  /** The end of the last stretch. */
  get lastEnd(): number {
    return this.#end
  }

  /** Sound of this power may be speech. */
  get noticedPower(): number {
    return powerOfDbfs(this.#floor.dbfs + aboveBackgroundDb(this.#floor))
  }

  /** Hears the next 20 ms. */
  hear(frame: Int16Array): void {
    const filtered = this.#history.add(frame)
    const power = powerOf(frame)
    this.#meter.inspect(frame)
    const digit = this.#keys.hear(frame, power)
    if (digit !== '') this.#use.heard({ type: 'keyed', digit, at: this.#history.end - 2 * frame.length })
    const isVoiced = this.#detects(frame)
    const dbfs = dbfsOf(filtered)
    this.#weigh(power, isVoiced)
    if (this.#isSpeaking) this.#addLevel(dbfs, isVoiced)
    if (this.#isSpeaking) this.#goOn(isVoiced)
    else this.#await(isVoiced)
    // After the decision: the frame in which speech begins is no background.
    this.#floor.hear(dbfs, this.#isSpeaking || this.#loud > 0)
  }

  /** The track is over; so is a stretch that was not. */
  close(): void {
    if (this.#isSpeaking) this.#finish()
  }

  quality(): TrackQuality {
    return this.#meter.quality()
  }

  #detects(frame: Int16Array): boolean {
    if (this.#keys.tone !== '') {
      this.#deaf = deafFrames
      return false
    }
    const isSpeech = this.#use.detector.isSpeech(frame)
    if (this.#deaf === 0) return isSpeech
    this.#deaf -= 1
    return false
  }

  /** Speech or background: a pause in a stretch is speech if the stretch goes on after it. */
  #weigh(power: number, isVoiced: boolean): void {
    this.#undecided += power
    this.#undecidedFrames += 1
    if (isVoiced === this.#isSpeaking) this.#settle(isVoiced)
  }

  /** A pause belongs to the stretch if it goes on after it. The frame in which it ends is no measure of it. */
  #addLevel(dbfs: number, isVoiced: boolean): void {
    if (isVoiced) {
      for (const each of this.#latest) this.#levels.add(each)
      this.#latest.length = 0
    }
    this.#latest.push(dbfs)
  }

  #settle(isSpeech: boolean): void {
    if (isSpeech) {
      this.#voiced += this.#undecided
      this.#voicedFrames += this.#undecidedFrames
    } else {
      this.#meter.addBackground(this.#undecided, this.#undecidedFrames)
    }
    this.#undecided = 0
    this.#undecidedFrames = 0
  }

  /** Whether the stretch so far is noise or a tone: it is as loud all the time, or the background is known to be as loud by now. */
  get #isNoise(): boolean {
    const { count, deviation } = this.#levels
    if (count >= framesToKnow && deviation < steadyDb) return true
    return dbfsOf(this.#voiced / this.#voicedFrames) < this.#floor.dbfs + aboveBackgroundDb(this.#floor)
  }

  /** The power of the stretch. Noise that was taken for speech is background. */
  #settleStretch(): { readonly power: number; readonly isSpeech: boolean } {
    const power = this.#voiced / this.#voicedFrames
    const isSpeech = !this.#isNoise
    if (isSpeech) this.#meter.addSpeech(this.#voiced, this.#voicedFrames)
    else this.#meter.addBackground(this.#voiced, this.#voicedFrames)
    this.#voiced = 0
    this.#voicedFrames = 0
    return { power, isSpeech }
  }

  #await(isVoiced: boolean): void {
    this.#loud = isVoiced ? this.#loud + 1 : 0
    if (this.#loud < framesToBegin) return
    const { rate, detector, heard } = this.#use
    const speech = this.#undecided / this.#undecidedFrames
    const seen = this.#history.end - (this.#loud * rate) / 50
    const lag = Math.round((rate * detector.onsetLagMs) / 1000)
    const earliest = Math.max(this.#end, this.#history.start, seen - lag - this.#margin)
    this.#onset = onsetIn(this.#history, earliest, seen, edgePower(this.#floor, speech))
    this.#from = Math.max(this.#taken, this.#history.start, this.#onset - this.#margin)
    this.#isSpeaking = true
    this.#segment += 1
    this.#loud = 0
    this.#quiet = 0
    this.#settle(true)
    this.#levels.clear()
    this.#latest.length = 0
    heard({ type: 'speaking', segment: this.#segment, at: this.#onset })
  }

  #goOn(isVoiced: boolean): void {
    this.#quiet = isVoiced ? 0 : this.#quiet + 1
    if (this.#quiet >= framesToEnd) this.#finish()
    else if (this.#history.end - this.#from >= this.#use.longestS * this.#use.rate) this.#cutPiece()
  }

  #cutPiece(): void {
    const { rate, longestS } = this.#use
    const cut = quietestPlace(this.#history, this.#from + Math.round(rate * longestS * 0.6), this.#history.end)
    if (this.#isNoise) this.#pass(cut)
    else this.#give(cut, cut, false)
  }

  #finish(): void {
    const { rate } = this.#use
    const frame = rate / 50
    const { power, isSpeech } = this.#settleStretch()
    const lastVoiced = this.#history.end - Math.max(0, this.#quiet - 1) * frame
    this.#end = endIn(this.#history, Math.max(this.#onset, this.#history.start), lastVoiced, edgePower(this.#floor, power))
    this.#isSpeaking = false
    this.#settle(false)
    const to = Math.min(this.#history.end, this.#end + this.#margin)
    this.#use.heard({ type: 'quiet', segment: this.#segment, at: this.#end, isSpeech })
    if (isSpeech) this.#give(this.#end, to, true)
    else this.#pass(to)
  }

  /** Gives a piece of the stretch that ends at `end`, with samples until `to`. */
  #give(end: number, to: number, isLast: boolean): void {
    const from = this.#from
    this.#use.heard({
      type: 'heard',
      segment: this.#segment,
      start: Math.max(this.#onset, from),
      end,
      from,
      samples: this.#history.slice(from, to),
      isLast,
    })
    this.#pass(to)
  }

  /** What is before a place belongs to no later piece. */
  #pass(to: number): void {
    this.#from = to
    this.#taken = to
  }
}
