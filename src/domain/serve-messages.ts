import type { Message } from './load-messages.js'
import { quote } from './message-words.js'

/** What serving several suites together can say to their authors, by code; nothing is wrong with any of them alone. */
export const serveMessages = {
  ID_ELSEWHERE: (p: { what: string; key: string; suite: string; id: number; given: number }): Message => ({
    message: `Another suite has the id ${p.id} already: the API calls the ${p.what} ${quote(p.key)} of ${p.suite} ${p.given}.`,
    hint: 'Ids are unique among all suites that a server serves: give it one of its own.',
    severity: 'warning',
  }),
}
