import type { HostedStanding, HostedState } from '../../ports/hosted-service.js'
import { asNumber, asObject, asText, asWhole } from './loose.js'

const over: ReadonlySet<string | undefined> = new Set(['completed', 'failed', 'timeout', 'cancelled'])
const waiting: ReadonlySet<string | undefined> = new Set(['pending', 'in_queue'])

/** The state of a result, from an answer to `GET results/{id}/`. An unknown status counts as not finished. */
export function readStanding(body: unknown): HostedStanding {
  const { status, runs, success_rate: rate } = asObject(body)
  const states = Object.entries(asObject(runs)).flatMap(([key, run]): [number, HostedState][] => {
    const id = asWhole(key)
    return id === undefined ? [] : [[id, stateOf(asText(asObject(run)['status']))]]
  })
  return {
    isOver: over.has(asText(status)),
    isUnreliable: status === 'failed' && Object.values(asObject(runs)).some(run => asObject(run)['status'] === 'completed'),
    hasNoSuccess: over.has(asText(status)) && asNumber(rate) === 0,
    showsSuccess: Object.values(asObject(runs)).some(run => asObject(run)['success'] === true),
    runs: new Map(states),
  }
}

function stateOf(status: string | undefined): HostedState {
  if (over.has(status)) return 'over'
  return waiting.has(status) ? 'waiting' : 'under_way'
}
