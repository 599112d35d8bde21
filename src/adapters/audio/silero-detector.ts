import type { Vad } from 'sherpa-onnx-node'
import { importOptional } from '../../ports/package-missing.js'
import type { VoiceDetector } from '../../ports/speech.js'
import { loadResampler, type Resampler } from './resample.js'
import { sileroConfig, sileroRate } from './silero-config.js'

/** It keeps the speech that it hears, at most this much of it: two megabytes. Nothing is read of it. */
const bufferS = 30

/**
 * Loads the voice detector Silero, which tells speech from tones and noise. What it returns makes one for a track; one that is given back is
 * used again, because a new one takes about 25 ms.
 *
 * @param model  Its file. One that is damaged ends the process, so it must have been tried in another.
 * @throws {PackageMissing}
 */
export async function loadSilero(model: string): Promise<(rate: number) => Promise<VoiceDetector & { free(): void }>> {
  const { default: sherpa } = await importOptional(() => import('sherpa-onnx-node'), 'The voice detector Silero', 'sherpa-onnx-node@1.13.8')
  const idle: Vad[] = []
  return async rate => {
    const resampler = rate === sileroRate ? undefined : (await loadResampler())(rate, sileroRate)
    const vad = idle.pop() ?? new sherpa.Vad(sileroConfig(model), bufferS)
    return new SileroDetector(vad, resampler, () => idle.push(vad))
  }
}

class SileroDetector implements VoiceDetector {
  readonly onsetLagMs = 110
  readonly #vad: Vad
  readonly #resampler: Resampler | undefined
  #giveBack: (() => void) | undefined

  constructor(vad: Vad, resampler: Resampler | undefined, giveBack: () => void) {
    this.#vad = vad
    this.#resampler = resampler
    this.#giveBack = giveBack
  }

  isSpeech(frame: Int16Array): boolean {
    const samples = this.#resampler?.resample(frame) ?? frame
    this.#vad.acceptWaveform(Float32Array.from(samples, sample => sample / 32_768))
    while (!this.#vad.isEmpty()) this.#vad.pop()
    return this.#vad.isDetected()
  }

  free(): void {
    this.#resampler?.free()
    this.#vad.reset()
    this.#giveBack?.()
    this.#giveBack = undefined
  }
}
