/** Silero hears nothing but this, in samples a second. */
export const sileroRate = 16_000

/**
 * Silero as sherpa-onnx opens it. Who listens bridges the pauses between words, so it tells of short ones too; after 20 s without any it looks for
 * one more closely.
 */
export function sileroConfig(model: string): object {
  const sileroVad = { model, threshold: 0.5, minSpeechDuration: 0.04, minSilenceDuration: 0.1, windowSize: 512, maxSpeechDuration: 20 }
  return { sileroVad, sampleRate: sileroRate, numThreads: 1, provider: 'cpu', debug: false }
}
