/** Whether calls are encrypted with SRTP: never, where the agent can, or else not at all. */
export type SrtpPolicy = 'off' | 'allowed' | 'required'

/** A way into the telephone network: a provider, or a telephone exchange. */
export interface Trunk {
  /** Its name in the suite. */
  readonly key: string
  /** `sip:pbx.example.com;transport=tls` */
  readonly registrar: string
  readonly username?: string
  readonly password?: string
  /** Whether we register there, so that calls reach us. */
  readonly register: boolean
  /** Numbers of ours, E.164. */
  readonly numbers: readonly string[]
  /** How many calls it carries at once, and begins each second. Absent: any number. */
  readonly lines?: number
  readonly callsPerSecond?: number
  readonly srtp: SrtpPolicy
  /** Which numbers it may dial, as patterns in which `*` stands for any digits. Absent: all but emergency and premium numbers. */
  readonly allow?: readonly string[]
  readonly listen?: Listening
}

/** Ports from the first to the last, which have a pair of an even one and the next among them. */
export interface PortRange {
  readonly first: number
  readonly last: number
}

/** Where a trunk waits for calls. Without it, on a free port, for those that come from where we registered. */
export interface Listening {
  /** Of ours. Default: all. */
  readonly address?: string
  /** Of UDP and TCP. */
  readonly port?: number
  /** By which others reach us, if another machine forwards it. */
  readonly publicAddress?: string
  /** Where the sound of its calls comes in, two ports for each. Absent: 16384 to 32767. */
  readonly rtpPorts?: PortRange
  /** Addresses and ranges whose calls are taken beside those of the registrar; `open`: everybody's. */
  readonly from?: 'open' | readonly string[]
}
