/** Parts of Emscripten's modules, without types of their own. A heap is replaced when it grows: take it anew after each call. */
interface EmscriptenModule {
  readonly HEAP16: Int16Array
  readonly HEAP32: Int32Array
  readonly _malloc: (bytes: number) => number
  readonly _free: (at: number) => void
}

declare module '@echogarden/speex-resampler-wasm/simd' {
  export interface SpeexResampler extends EmscriptenModule {
    readonly _speex_resampler_init: (...use: [channels: number, inRate: number, outRate: number, quality: number, error: number]) => number
    readonly _speex_resampler_destroy: (state: number) => void
    readonly _speex_resampler_skip_zeros: (state: number) => number
    readonly _speex_resampler_get_input_latency: (state: number) => number
    /** The lengths are places of 32 bits: in, how many there are; out, how many were taken and made. */
    readonly _speex_resampler_process_int: (
      ...use: [state: number, channel: number, input: number, inputLength: number, output: number, outputLength: number]
    ) => number
  }
  export default function load(): Promise<SpeexResampler>
}

declare module '@echogarden/fvad-wasm' {
  export interface Fvad extends EmscriptenModule {
    readonly _fvad_new: () => number
    readonly _fvad_free: (state: number) => void
    readonly _fvad_set_mode: (state: number, mode: number) => number
    readonly _fvad_set_sample_rate: (state: number, rate: number) => number
    /** 1 for speech, 0 for none, -1 for a frame of a wrong length. */
    readonly _fvad_process: (state: number, frame: number, length: number) => number
  }
  export default function load(): Promise<Fvad>
}
