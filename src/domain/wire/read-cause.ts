import type { Cause } from '../cause.js'
import { reportUnread, type Fields } from './fields.js'
import type { MessageProblems } from './problems.js'

/** What made the caller speak, if the message says so. */
export function readCause(message: Fields, problems: MessageProblems): Cause | undefined {
  const fields = message.inner('cause')
  const value = message.take('cause')
  const cause = fields && causeIn(fields)
  if (fields && cause) reportUnread(fields, false, problems)
  else if (value !== undefined && value !== null) problems.pass('This cause is not known.', message.at('cause'))
  return cause
}

function causeIn(fields: Fields): Cause | undefined {
  const kind = fields.take('kind')
  switch (kind) {
    case 'first_message':
    case 'idle_prompt':
      return { kind }
    case 'step':
    case 'condition': {
      const number = fields.take('number')
      return typeof number === 'number' ? { kind, number } : undefined
    }
    case 'instructions': {
      const reason = fields.take('reason') ?? undefined
      if (reason === undefined) return { kind }
      return typeof reason === 'string' ? { kind, reason } : undefined
    }
    default:
      return undefined
  }
}
