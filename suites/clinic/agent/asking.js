import { asides } from './asides.js'
import { hangUp, listening, note, say } from './frames.js'

/** How often the agent asks the same question before it gives up. */
const patience = 3

/** Asks, and returns the caller's answer. */
export function* ask(question) {
  yield say(question)
  return yield* heed(yield listening, question)
}

/** Asks until `read` understands the answer, and returns its result. */
export function* askFor(question, read) {
  let answer = read(yield* ask(question))
  for (let asked = 1; answer === undefined; asked += 1) {
    if (asked === patience) yield* passOn()
    answer = read(yield* ask(`Sorry, I did not catch that. ${question}`))
  }
  return answer
}

/** Handles asides until the caller says something else, and returns that. */
export function* heed(words, question) {
  let answer = words
  for (;;) {
    const aside = asides.find(({ heard }) => heard.test(answer))
    if (!aside) return answer
    if (aside.refused) yield note({ refused: aside.refused })
    if (aside.and === 'hang up') yield hangUp(aside.answer)
    else yield say(aside.and === 'listen' ? aside.answer : `${aside.answer} ${question}`)
    answer = yield listening
  }
}

/** Refers the caller to the front desk. */
export function* passOn() {
  yield note({ outcome: 'passed_on' })
  yield hangUp('I am sorry, I cannot help you with this. Please call our front desk at 555-0100. Goodbye.')
}
