import { askFor } from './asking.js'
import { hangUp, note, say, use } from './frames.js'
import { birthDateIn, introductionIn, nameIn } from './understanding.js'

/** How many pairs of name and date of birth a caller may try. */
const maxAttempts = 2

/**
 * Verifies who is calling, once a call. The agent says nothing about any patient before this.
 *
 * @param call  Receives `patient`: { patient_id, name, appointments }.
 * @param words  What the caller has said so far. It may contain a name.
 */
export function* verify(call, words) {
  if (call.patient) return
  let name = introductionIn(words)
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    name ??= yield* askFor('May I have your full name, please?', nameIn)
    const dateOfBirth = yield* askFor(
      'Thank you. What is your date of birth? You can also key it in: eight digits, month first.',
      birthDateIn,
    )
    yield say('One moment, please, while I find your record.')
    const found = yield* use(call, 'look_up_patient', { name, date_of_birth: dateOfBirth })
    if (!found.error) {
      call.patient = found
      yield note({ verified: true, patient_id: found.patient_id })
      return
    }
    yield say('I am sorry, I have no record with those details.')
    name = undefined
  }
  yield note({ verified: false })
  yield hangUp('I cannot go on without knowing who you are. Please call our front desk at 555-0100. Goodbye.')
}
