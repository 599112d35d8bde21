import { setTimeout as wait } from 'node:timers/promises'
import type { Agent, AgentStart } from '../../domain/document.js'
import { FaultError } from '../../domain/fault.js'
import { programFaults } from '../../domain/faults/program-faults.js'
import type { Clock } from '../../ports/clock.js'
import type { LaunchedAgent, Launcher } from '../../ports/launcher.js'
import { isListening, isReady } from './ready.js'
import { startProcess, type AgentProcess } from './agent-process.js'

const pollEveryMs = 50

/** How long an agent without an address must live to count as ready. */
const aliveMs = 100

/** Starts agents as processes on this machine, each in its own process group. */
export function createLauncher({ clock }: { readonly clock: Clock }): Launcher {
  return {
    launch: async (agent, { signal, mask }) => {
      signal.throwIfAborted()
      const start = startOf(agent)
      await refuseIfTaken(agent, start, clock)
      const launchedAt = clock.now()
      const process = startProcess(start, mask)
      try {
        await untilReady({ agent, start, process }, clock, signal)
      } catch (error) {
        await process.stop()
        throw error
      }
      return launched(agent, process, clock.now() - launchedAt)
    },
  }
}

function startOf(agent: Agent): AgentStart {
  if (!agent.start) throw new Error(`Agent "${agent.key}" has no start.`)
  return agent.start
}

async function refuseIfTaken(agent: Agent, { ready }: AgentStart, clock: Clock): Promise<void> {
  if (ready === undefined || !(await isListening(new URL(ready), clock))) return
  throw new FaultError(programFaults.addressTaken({ agent: agent.key, ready }))
}

/** An agent whose process has been started. */
interface StartedAgent {
  readonly agent: Agent
  readonly start: AgentStart
  readonly process: AgentProcess
}

async function untilReady({ agent, start, process }: StartedAgent, clock: Clock, signal: AbortSignal): Promise<void> {
  // Ends the wait for any reason; the code below finds out which.
  const enough = new AbortController()
  const stopWaiting = (): void => enough.abort()
  const cancelTimeout = clock.after(start.timeoutMs, stopWaiting)
  signal.addEventListener('abort', stopWaiting)
  void process.ended.then(stopWaiting)
  try {
    const isUp = await waitFor(start.ready, clock, enough.signal)
    signal.throwIfAborted()
    const seen = { agent: agent.key, output: process.output() }
    if (process.how !== undefined) throw new FaultError(programFaults.endedBeforeReady({ ...seen, how: process.how }))
    if (!isUp) throw new FaultError(programFaults.notReady({ ...seen, ready: start.ready, withinMs: start.timeoutMs }))
  } finally {
    cancelTimeout()
    signal.removeEventListener('abort', stopWaiting)
  }
}

/** Whether the agent became ready before the signal aborted. */
async function waitFor(ready: string | undefined, clock: Clock, signal: AbortSignal): Promise<boolean> {
  if (ready === undefined) {
    await pause(aliveMs, signal)
    return !signal.aborted
  }
  const address = new URL(ready)
  while (!signal.aborted) {
    if (await isReady(address, clock, signal)) return true
    await pause(pollEveryMs, signal)
  }
  return false
}

/** Waits in real time, because how often we probe has no effect on the result. An abort ends the wait early. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

function launched(agent: Agent, process: AgentProcess, tookMs: number): LaunchedAgent {
  return {
    tookMs,
    get crashed() {
      if (process.how === undefined) return undefined
      return programFaults.crashed({ agent: agent.key, how: process.how, output: process.output() })
    },
    [Symbol.asyncDispose]: () => process.stop(),
  }
}
