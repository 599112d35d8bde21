import { isRecord } from '../../../../../domain/json-value.js'
import type { JsonMessage } from '../json-message.js'
import type { AgentMessage } from './stream-wire.js'

/** A field of a field; nothing if there is none. */
export function fieldIn(fields: Readonly<Record<string, unknown>>, key: string, inner: string): unknown {
  const value = fields[key]
  return isRecord(value) ? value[inner] : undefined
}

/** `media`, `mark` and `clear`, as Twilio has them and others after it. */
export function usualMessage({ name, fields }: JsonMessage): AgentMessage | undefined {
  switch (name) {
    case 'media':
      return { type: 'media', payload: fieldIn(fields, 'media', 'payload') }
    case 'mark':
      return { type: 'mark', name: fieldIn(fields, 'mark', 'name') }
    case 'clear':
      return { type: 'clear' }
    default:
      return undefined
  }
}
