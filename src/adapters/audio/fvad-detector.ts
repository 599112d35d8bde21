import type { Fvad } from '@echogarden/fvad-wasm'
import { importOptional } from '../../ports/package-missing.js'
import type { VoiceDetector } from '../../ports/speech.js'

/** How sure it must be that a frame is speech, of 0 to 3: the strictest, because callers have noise behind them. */
const mode = 3
/** It knows 8, 16, 32 and 48 kHz; at each it first goes down to 8 kHz. */
const rate = 8000
const frameLength = rate / 50

/**
 * Loads the voice detector of WebRTC. What it returns makes one for each track; `free` gives back its memory.
 *
 * @throws {PackageMissing}
 */
export async function loadFvad(): Promise<() => VoiceDetector & { free(): void }> {
  const { default: load } = await importOptional(
    () => import('@echogarden/fvad-wasm'),
    'The voice detector fvad',
    '@echogarden/fvad-wasm@0.2',
  )
  const fvad = await load()
  return () => new FvadDetector(fvad)
}

class FvadDetector implements VoiceDetector {
  /** It says so within the first frame that is mostly speech. */
  readonly onsetLagMs = 20
  readonly #fvad: Fvad
  readonly #state: number
  readonly #place: number
  readonly #frame = new Int16Array(frameLength)
  #isFreed = false

  constructor(fvad: Fvad) {
    this.#fvad = fvad
    this.#state = fvad._fvad_new()
    this.#place = fvad._malloc(frameLength * 2)
    fvad._fvad_set_mode(this.#state, mode)
    fvad._fvad_set_sample_rate(this.#state, rate)
  }

  isSpeech(frame: Int16Array): boolean {
    this.#fvad.HEAP16.set(frame.length === frameLength ? frame : this.#reduced(frame), this.#place / 2)
    return this.#fvad._fvad_process(this.#state, this.#place, frameLength) === 1
  }

  free(): void {
    if (this.#isFreed) return
    this.#isFreed = true
    this.#fvad._fvad_free(this.#state)
    this.#fvad._free(this.#place)
  }

  /** A frame of another rate, by means of neighbours: exact enough to tell speech from silence. */
  #reduced(frame: Int16Array): Int16Array {
    const step = frame.length / frameLength
    for (let i = 0; i < frameLength; i += 1) {
      const [from, to] = [Math.floor(i * step), Math.max(Math.floor(i * step) + 1, Math.floor((i + 1) * step))]
      let sum = 0
      for (let j = from; j < to; j += 1) sum += frame[j]!
      this.#frame[i] = sum / (to - from)
    }
    return this.#frame
  }
}
