import type { ResultId } from './ids.js'

/**
 * What the agent is told a call's run is called. Each attempt is a conversation of its own to the agent, so each has its
 * own id: `274`, then `274-2`; of a run that has no id outside of its result `<result>-<index>-1`, then `<result>-<index>-2`.
 *
 * @param id  Of the run, where it has one outside of its result.
 */
export function callRunId(
  run: { readonly id?: string | undefined; readonly result: ResultId; readonly index: number },
  attempt: number,
): string {
  const { id, result, index } = run
  if (id === undefined) return `${result}-${index}-${attempt}`
  return attempt === 1 ? id : `${id}-${attempt}`
}

/** The id of the run, by what an agent is told of one of its attempts. @param runId  Of a run that has an id. */
export function runIdOfCall(runId: string): string {
  return runId.replace(/-\d+$/, '')
}
