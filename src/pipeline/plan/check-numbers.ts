import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, RunEntry } from '../../domain/document.js'
import { callsUs, isDialled, ownNumbers } from '../../domain/run-numbers.js'

/** Reports telephone numbers of a run entry that have no effect, or that nobody of ours has. */
export function* checkNumbers({ mode, outboundPhoneNumber, agentNumber, at }: RunEntry, agent: Agent): Generator<Diagnostic> {
  const { key, connection } = agent
  const numbers = ownNumbers(connection)
  const isCaller = callsUs(agent)
  const over = { agent: key, type: connection.type }
  if (mode === 'different_numbers' && numbers.length === 0) yield diagnose('MODE_NO_EFFECT', over, at)
  if (outboundPhoneNumber !== undefined && !isCaller && !isDialled(connection)) yield diagnose('PHONE_NUMBER_NO_EFFECT', over, at)
  if (agentNumber !== undefined && !isCaller) yield diagnose('AGENT_NUMBER_NO_EFFECT', over, at)
  if (isCaller && outboundPhoneNumber !== undefined && !numbers.includes(outboundPhoneNumber))
    yield diagnose('NUMBER_NOT_OURS', { number: outboundPhoneNumber, agent: key, numbers }, at)
}
