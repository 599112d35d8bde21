import type { Transcript } from '../../../domain/transcript.js'
import { hungUpBy } from '../../../domain/wire/ending.js'
import { placeMoments, type ImportedConversation } from './imported-conversation.js'

/** A conversation from a Callsheet result. Places are moments of its transcript, from 0. */
export function storedConversation({ moments, ending }: Transcript, name: string): ImportedConversation {
  const endedBy = hungUpBy(ending)
  return { name, moments: placeMoments(moments, index => [index]), ...(endedBy && { endedBy }) }
}
