/** The part of sherpa-onnx-node that detects voices; the package has no types of its own. */
declare module 'sherpa-onnx-node' {
  export class Vad {
    constructor(config: object, bufferSeconds: number)
    acceptWaveform(samples: Float32Array): void
    isDetected(): boolean
    isEmpty(): boolean
    pop(): void
    reset(): void
  }
  const sherpa: { readonly Vad: typeof Vad }
  export default sherpa
}
