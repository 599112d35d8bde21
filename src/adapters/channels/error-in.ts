import { isRecord } from '../../domain/json-value.js'

/** Names of events that end an answer because it failed: `error`, `response.failed`. */
const failures = /^(?:(?:response|message|run|thread\.run|stream|chat)[._])?(?:error|failed|failure|exception|incomplete)$/i

/** Whether an event of this name, or JSON of this `type`, says that the answer failed. */
export function isFailure(name: unknown): boolean {
  return typeof name === 'string' && failures.test(name.trim())
}

/** The error that JSON of an agent reports, in its words: an `error` or `errors` with something in it, or a `type` that is one. */
export function errorIn(json: unknown): string | undefined {
  if (!isRecord(json)) return undefined
  const { error, errors, type } = json
  if (!isNothing(error)) return messageIn(error)
  // As GraphQL has them.
  if (Array.isArray(errors) && !errors.every(isNothing)) return messageIn(errors.find(each => !isNothing(each)))
  return isFailure(type) ? messageIn(json) : undefined
}

/** Servers write `error: null`, `false`, `""`, `{}` or `{ code: 0 }` beside an answer that is sound. */
function isNothing(error: unknown): boolean {
  if (isRecord(error) && (error['code'] === 0 || error['code'] === '0')) return true
  if (typeof error === 'object' && error !== null) return Object.keys(error).length === 0
  return error === undefined || error === null || error === false || error === '' || error === 0
}

function messageIn(error: unknown): string {
  if (isRecord(error) && typeof error['message'] === 'string') return error['message']
  return typeof error === 'string' ? error : JSON.stringify(error)
}
