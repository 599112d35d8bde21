import { ahead16 } from './rtp-packet.js'

/** A piece of sound, as a packet brought it; without samples if the packet brought something else. */
export interface SoundPiece {
  readonly sequence: number
  /** Where it begins, in samples; goes round at 2^32. */
  readonly at: number
  readonly samples: Int16Array
}

/** What came of the packets. */
export interface BufferCounts {
  /** Packets that came too late, or twice. */
  readonly late: number
  /** Samples of silence that stand in for what was lost. */
  readonly concealed: number
  /** Samples left out, because the sound was too far behind. */
  readonly dropped: number
  /** How often the numbers of the packets began anew. */
  readonly jumps: number
}

/** The sound that is played waits for so long (see CallSound): what is missing by then is silence already. */
const leadFrames = 6
/** How long a missing packet is waited for, in frames. */
const [leastPatience, mostPatience] = [2, 5]
/** Packets further ahead or behind belong to another sequence. */
const mostAhead = 50
const mostBehind = 100
/** So many in a row that seem late are of another sequence. */
const lateToJump = 5
/** The delay is looked at over so many frames, and is too long by what it never fell below, beyond what jitter needs. */
const watchedFrames = 50
const spareFrames = 2
/** A delay that is too long by more frames is shortened at once, not in a pause. */
const urgentFrames = 15
/** Samples below are silence. */
const silentPeak = 100

/**
 * Puts packets in order: what is in order passes at once, and is played after the lead that every line has. A gap is waited for as long as
 * jitter makes sensible, and is then silence. Sound that has piled up, because the network stalled or the other clock is faster, is
 * shortened in its pauses, so that the delay of a call stays what it was.
 */
export class JitterBuffer {
  readonly #frame: number
  readonly #deliver: (samples: Int16Array) => void
  readonly #held = new Map<number, SoundPiece>()
  #next: { sequence: number; at: number } | undefined
  #waited = 0
  #lateInRow = 0
  #length = 0
  /** Samples delivered, less those played since: how far ahead the sound is of where it began. Before that it is dry. */
  #level = Number.NEGATIVE_INFINITY
  #framesSince = 0
  #lowest = Number.POSITIVE_INFINITY
  #watched = 0
  #excess = 0
  readonly #counts = { late: 0, concealed: 0, dropped: 0, jumps: 0 }

  /** @param rate  Samples a second. */
  constructor(rate: number, deliver: (samples: Int16Array) => void) {
    this.#frame = rate / 50
    this.#deliver = deliver
  }

  get counts(): BufferCounts {
    return this.#counts
  }

  /** @param piece  Its samples are only lent. */
  take(piece: SoundPiece): void {
    if (!this.#next) return this.#pass(piece)
    const ahead = ahead16(piece.sequence, this.#next.sequence)
    if (ahead < 0 && ahead > -mostBehind && this.#lateInRow < lateToJump) {
      this.#lateInRow += 1
      this.#counts.late += 1
      return
    }
    if (ahead < 0 || ahead > mostAhead) return this.#jump(piece)
    this.#lateInRow = 0
    if (ahead > 0) return this.#hold(piece)
    this.#pass(piece)
    this.#passHeld()
  }

  /** Whatever comes next begins anew: another source. What waits for a gap is played without it. */
  restart(): void {
    while (this.#held.size > 0) this.#skip()
    this.#next = undefined
  }

  /** 20 ms go by. @param jitterMs  As it is measured. */
  tick(jitterMs: number): void {
    this.#level -= this.#frame
    this.#framesSince += 1
    this.#watch()
    if (this.#held.size === 0) return
    this.#waited += 1
    if (this.#waited >= Math.min(mostPatience, leastPatience + Math.ceil((2 * jitterMs) / 20))) this.#skip()
  }

  #hold(piece: SoundPiece): void {
    if (this.#held.size === 0) this.#waited = 0
    if (this.#held.has(piece.sequence)) this.#counts.late += 1
    else this.#held.set(piece.sequence, { ...piece, samples: piece.samples.slice() })
  }

  /** The gap is not waited for any longer. */
  #skip(): void {
    const from = this.#next!.sequence
    const first = [...this.#held.values()].reduce((a, b) => (ahead16(a.sequence, from) <= ahead16(b.sequence, from) ? a : b))
    this.#held.delete(first.sequence)
    this.#conceal(first)
    this.#pass(first)
    this.#passHeld()
    this.#waited = 0
  }

  #jump(piece: SoundPiece): void {
    this.restart()
    this.#counts.jumps += 1
    this.#lateInRow = 0
    this.#pass(piece)
  }

  #passHeld(): void {
    for (let piece = this.#held.get(this.#next!.sequence); piece; piece = this.#held.get(this.#next!.sequence)) {
      this.#held.delete(piece.sequence)
      this.#pass(piece)
    }
  }

  /** Silence for packets that are missing, unless it was played already. */
  #conceal(piece: SoundPiece): void {
    const missing = ahead16(piece.sequence, this.#next!.sequence)
    const byTime = (piece.at - this.#next!.at) | 0
    const usual = missing * (this.#length || this.#frame)
    const silence = byTime > 0 && byTime <= 2 * usual ? byTime : usual
    if (this.#isDry) return
    this.#counts.concealed += silence
    this.#give(new Int16Array(silence))
  }

  #pass(piece: SoundPiece): void {
    const pause = this.#next && piece.sequence === this.#next.sequence ? (piece.at - this.#next.at) | 0 : 0
    // A sender that was silent says so by its timestamps. If the time did not pass, they are wrong, and the payload is right.
    if (pause >= this.#frame && pause <= this.#framesSince * this.#frame + this.#frame && !this.#isDry) this.#give(new Int16Array(pause))
    this.#next = { sequence: (piece.sequence + 1) & 0xffff, at: (piece.at + piece.samples.length) >>> 0 }
    if (piece.samples.length > 0) this.#length = piece.samples.length
    this.#give(piece.samples)
  }

  #give(samples: Int16Array): void {
    if (samples.length === 0) return
    this.#framesSince = 0
    // The player begins anew, with its lead.
    if (this.#isDry) this.#level = 0
    if (this.#excess > 0 && (isSilent(samples) || this.#excess > urgentFrames * this.#frame)) {
      this.#excess -= samples.length
      this.#counts.dropped += samples.length
      return
    }
    this.#level += samples.length
    this.#deliver(samples)
  }

  get #isDry(): boolean {
    return this.#level <= -leadFrames * this.#frame
  }

  #watch(): void {
    this.#lowest = Math.min(this.#lowest, this.#level)
    this.#watched += 1
    if (this.#watched < watchedFrames) return
    this.#excess = Math.max(0, this.#lowest - spareFrames * this.#frame)
    this.#lowest = Number.POSITIVE_INFINITY
    this.#watched = 0
  }
}

function isSilent(samples: Int16Array): boolean {
  return samples.every(sample => Math.abs(sample) < silentPeak)
}
