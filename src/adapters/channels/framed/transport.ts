import type { Fault } from '../../../domain/fault.js'

/** Carries frames to an agent and back: a socket, or a program's pipes. */
export interface Transport<Sent = string> {
  /** Sends a frame. `closed` reports a failure to send. */
  send(frame: Sent): void
  /** Stops sending; the agent is still heard. */
  finish(): void
  /** Stops reading what the agent sends, until the returned function is called. */
  hold(): () => void
  /** Closes in good order, then by force if the agent does not follow. Resolves when the transport is gone. */
  close(): Promise<void>
  /** Cuts the transport off within 100 ms. Resolves when it is gone. */
  drop(): Promise<void>
}

/** What a transport reports. */
export interface TransportEvents<Frame = string> {
  opened(): void
  received(frame: Frame): void
  failed(fault: Fault): void
  /** The transport is gone. A fault says that it did not close in good order. */
  closed(fault?: Fault): void
}

/** @throws {FaultError} when the connection cannot even be attempted. */
export type Connect = (on: TransportEvents) => Transport
