import type { Fault } from '../../../domain/fault.js'

/** What carries frames to an agent and back: a socket, the pipes of a program. */
export interface Transport {
  /** Sends a frame. What breaks on the way is told as `closed`. */
  send(frame: string): void
  /** We send nothing more, and the agent is heard on. */
  finish(): void
  /** Closes in good order, and by force where the agent does not follow. Resolves when it is gone. */
  close(): Promise<void>
  /** Cuts it off, within 100 ms. Resolves when it is gone. */
  drop(): Promise<void>
}

/** What a transport tells of itself. */
export interface TransportEvents {
  opened(): void
  /** A frame came. */
  received(frame: string): void
  /** Something is wrong with it. */
  failed(fault: Fault): void
  /** It is gone; with a fault, where it did not go in good order. */
  closed(fault?: Fault): void
}

/** @throws {FaultError} when it cannot even begin. */
export type Connect = (on: TransportEvents) => Transport
