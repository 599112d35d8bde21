/** Parts of the package, whose own types its exports do not lead to. */
declare module '@evan/opus' {
  export class Encoder {
    constructor(options: { readonly channels: 1 | 2; readonly sample_rate: number; readonly application: 'voip' | 'audio' })
    bitrate: number
    complexity: number
    readonly ctl: (command: number) => number
    /** @param samples  One frame, the channels by turns. @returns A packet, in memory that may be used again. */
    readonly encode: (samples: Int16Array) => Uint8Array
  }
  export class Decoder {
    constructor(options: { readonly channels: 1 | 2; readonly sample_rate: number })
    /** @returns Samples of 16 bits as bytes, in memory that may be used again. */
    readonly decode: (packet: Uint8Array) => Uint8Array
  }
}
