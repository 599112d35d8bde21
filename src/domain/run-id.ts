import type { ResultId } from './ids.js'

/**
 * The run id that the agent receives with a call. Each attempt is a separate conversation for the agent, so each has its own
 * id: `274`, then `274-2`. A run without an id of its own has `<result>-<index>-1`, then `<result>-<index>-2`.
 *
 * @param id  The run's own id, if it has one outside of its result.
 */
export function callRunId(
  run: { readonly id?: string | undefined; readonly result: ResultId; readonly index: number },
  attempt: number,
): string {
  const { id, result, index } = run
  if (id === undefined) return `${result}-${index}-${attempt}`
  return attempt === 1 ? id : `${id}-${attempt}`
}

/**
 * The run's own id, from the id that an agent received with one of its attempts.
 *
 * @param runId  For a run with an id of its own.
 */
export function runIdOfCall(runId: string): string {
  return runId.replace(/-\d+$/, '')
}
