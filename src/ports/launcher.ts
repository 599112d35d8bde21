import type { Agent } from '../domain/document.js'
import type { Mask } from '../domain/mask.js'
import type { Fault } from '../domain/fault.js'

/** Starts agents' own processes. */
export interface Launcher {
  /**
   * Launches the agent's `start` and waits until it is ready.
   *
   * @throws {FaultError} `not_started`, with the end of the process's output, when it does not become ready in time, exits
   *   before, or something already answers at its address. When `signal` aborts, the abort's reason.
   */
  launch(agent: Agent, use: LaunchUse): Promise<LaunchedAgent>
}

export interface LaunchUse {
  readonly signal: AbortSignal
  /** Masks the output that faults quote. Default: nothing. */
  readonly mask?: Mask
}

/** A running agent process. Disposing it stops its whole process group. */
export interface LaunchedAgent extends AsyncDisposable {
  readonly tookMs: number
  /** Set once the process has ended on its own: `crashed`, by the agent, with the end of its output. */
  readonly crashed: Fault | undefined
}
