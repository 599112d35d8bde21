/** What a stranger can make grow, and how far. */
export const limits = {
  /** Of one message, in bytes: its head and its body. */
  messageBytes: 65_535,
  /** Lines in a head. */
  headers: 256,
  /** Elements that one header lists, over all of its lines. */
  listed: 128,
  /** Server transactions at once. Further requests are dropped. */
  transactions: 10_000,
  /** Calls at once, both ways. Further INVITEs are answered 503. */
  calls: 4_000,
  /** Branches of one forked call. Answers of further ones are ignored. */
  forks: 16,
  /** Connections at once that others made to us. */
  connections: 1_000,
  /** Messages that the trace of one call keeps. */
  traced: 2_000,
} as const
