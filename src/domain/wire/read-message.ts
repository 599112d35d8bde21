import { isRecord } from '../json-value.js'
import { Fields, reportUnread } from './fields.js'
import type { Happening } from './happening.js'
import { MessageProblems, type MessageProblem } from './problems.js'
import { readPlace, type StatedPlace } from './read-place.js'
import { readSpeech } from './read-speech.js'
import { readCallMessage, readResultMessage } from './read-tool-message.js'
import { knownRoles, roleOf } from './roles.js'

export interface ReadMessage extends StatedPlace {
  readonly happenings: readonly Happening[]
  readonly problems: readonly MessageProblem[]
}

/** Reads one message of a transcript in JSON, as far as it is understood. */
export function readMessage(message: unknown): ReadMessage {
  const problems = new MessageProblems()
  if (!isRecord(message)) {
    problems.lose('A message must be an object with a role and a content.')
    return { happenings: [], problems: problems.found }
  }
  const fields = new Fields(message)
  const role = fields.take('role')
  const known = typeof role === 'string' ? roleOf(role) : undefined
  const place = readPlace(fields, problems)
  if (known === undefined) {
    problems.lose(`This role is not known. Known roles: ${knownRoles}.`, fields.at('role'))
    return { happenings: [], problems: problems.found, ...place }
  }
  const happenings = happeningsOf(known, fields, problems)
  fields.take('id')
  reportUnread(fields, happenings.length === 0 && known !== 'unheard', problems)
  return { happenings, problems: problems.found, ...place }
}

function happeningsOf(role: NonNullable<ReturnType<typeof roleOf>>, fields: Fields, problems: MessageProblems): Happening[] {
  switch (role) {
    case 'unheard':
      fields.take('content')
      fields.take('name')
      return []
    case 'thought': {
      const text = fields.take('content')
      return typeof text === 'string' && text.trim() !== '' ? [{ type: 'thought', by: 'agent', text }] : []
    }
    case 'call':
      return readCallMessage(fields, problems)
    case 'result':
      return readResultMessage(fields, problems)
    case 'caller':
    case 'agent':
      return readSpeech(fields, role, problems)
  }
}
