import type { Message } from './load-messages.js'
import { quote } from './message-words.js'

/** Every diagnostic of serving several suites together, by code. Each suite alone is valid. */
export const serveMessages = {
  ID_ELSEWHERE: (p: { what: string; key: string; suite: string; id: number; given: number }): Message => ({
    message: `Another suite already uses the id ${p.id}, so the API gives the ${p.what} ${quote(p.key)} of ${p.suite} the id ${p.given}.`,
    hint: 'Change one of the ids: they must be unique among all suites that a server serves.',
    severity: 'warning',
  }),
  ASSISTANT_ID_SHARED: (p: { assistantId: string; key: string; suite: string; others: readonly string[] }): Message => ({
    message: `The agent ${quote(p.key)} of ${p.suite} has the assistant_id ${quote(p.assistantId)}, and so has ${p.others.join(', ')}.`,
    hint: 'Change one of them: a request that names it without agent_id is refused.',
    severity: 'warning',
  }),
}
