import { traitsOf, type Connection } from './connection.js'
import type { Agent, RunEntry } from './document.js'

/** The telephone numbers of a call; absent where its connection has none. */
export interface RunNumbers {
  /** Ours: it calls the agent, or the agent calls it. */
  readonly own?: string
  /** Whether no other call may have our number meanwhile. */
  readonly isAlone?: true
  /** The agent's: we dial it, or it calls from it. */
  readonly agent?: string
}

type Numbered = Extract<Connection, { readonly to?: string }>

/** Whether a connection tells the agent which numbers the call has. */
export function isNumbered(connection: Connection): connection is Numbered {
  return traitsOf[connection.type].numbered
}

/** Whether an agent is dialled by its number, and not called at an address of its own. */
export function isDialled(connection: Connection): connection is Numbered {
  return isNumbered(connection) && !(connection.type === 'sip' && connection.uri !== undefined)
}

/** Whether an agent calls us, in the time that a run waits for it. */
export function callsUs({ connection, inbound }: Pick<Agent, 'connection' | 'inbound'>): boolean {
  return !inbound && traitsOf[connection.type].agentMayCall
}

/** Our numbers that a connection calls from, and is called at. */
export function ownNumbers(connection: Connection): readonly string[] {
  return connection.type === 'sip' ? (connection.trunk?.numbers ?? []) : []
}

/**
 * The numbers of a run.
 *
 * With `different_numbers`, the runs of a result have the trunk's numbers in turn, so that it is known from the beginning which run has which.
 *
 * @param index  Of the run, in its result.
 */
export function runNumbers(
  { connection, inbound, contactNumber }: Pick<Agent, 'connection' | 'inbound' | 'contactNumber'>,
  { mode, outboundPhoneNumber, agentNumber }: Pick<RunEntry, 'mode' | 'outboundPhoneNumber' | 'agentNumber'>,
  index: number,
): RunNumbers {
  if (!isNumbered(connection)) return {}
  const numbers = ownNumbers(connection)
  const drawn = mode === 'different_numbers' ? numbers[index % numbers.length] : undefined
  const isCaller = callsUs({ connection, inbound })
  const own = drawn ?? (isCaller ? outboundPhoneNumber : connection.from) ?? numbers[0]
  const dialled = isDialled(connection) ? (outboundPhoneNumber ?? connection.to ?? contactNumber) : undefined
  const agent = isCaller ? (agentNumber ?? contactNumber) : dialled
  return { ...(own !== undefined && { own }), ...(drawn !== undefined && { isAlone: true }), ...(agent !== undefined && { agent }) }
}
