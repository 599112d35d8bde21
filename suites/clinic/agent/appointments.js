// The tasks that callers come for.
import { plantedBug } from './bugs.js'
import { askFor } from './asking.js'
import { note, say, use } from './frames.js'
import { agreeOnTime } from './scheduling.js'
import { choiceIn, consentIn } from './understanding.js'
import { sayChoices, saySlot } from './wording.js'
import { verify } from './verification.js'

export function* book(call, words) {
  yield* verify(call, words)
  const { patient } = call
  const booked = yield* agreeOnTime(call, words, (time) =>
    use(call, 'book_appointment', { patient_id: patient.patient_id, ...time }),
  )
  patient.appointments.push(booked)
  yield note({ outcome: 'booked' })
  yield say(`You are booked for ${saySlot(booked)}.`)
}

export function* move(call, words) {
  yield* verify(call, words)
  const appointment = yield* chooseOwn(call, 'move')
  if (!appointment) return
  const wish = words.split(/\bto\b/).at(-1)
  const moved = yield* agreeOnTime(call, wish, (time) =>
    use(call, 'move_appointment', { appointment_id: appointment.appointment_id, ...time }),
  )
  Object.assign(appointment, moved)
  yield note({ outcome: 'moved' })
  yield say(`Your appointment is now on ${saySlot(moved)}.`)
}

export function* cancel(call, words) {
  yield* verify(call, words)
  const appointment = yield* chooseOwn(call, 'cancel')
  if (!appointment) return
  if (!(yield* askFor(`Shall I cancel your appointment on ${saySlot(appointment)}?`, consentIn))) {
    yield note({ outcome: 'kept' })
    yield say('All right, I have left it as it is.')
    return
  }
  yield say('One moment, please.')
  const { appointment_id } = appointment
  if (plantedBug !== 'silent_cancel') yield* use(call, 'cancel_appointment', { appointment_id })
  call.patient.appointments = call.patient.appointments.filter((other) => other !== appointment)
  yield note({ outcome: 'cancelled' })
  yield say(`Your appointment on ${saySlot(appointment)} is cancelled.`)
}

export function* inquire(call, words) {
  yield* verify(call, words)
  const own = call.patient.appointments.map(saySlot)
  yield note({ outcome: 'answered' })
  yield say(own.length === 0 ? 'You have no appointment with us.' : `You have an appointment on ${own.join(', and on ')}.`)
}

export function* hours() {
  yield note({ outcome: 'answered' })
  yield say('We are open on weekdays from 8 AM to 5 PM, at 12 Cedar Street. You can park behind the building.')
}

/** Finds the caller's appointment to change. If there is none, says so and returns `undefined`. */
function* chooseOwn(call, verb) {
  const { appointments } = call.patient
  if (appointments.length > 1) {
    const question = `You have appointments on ${sayChoices(appointments.map(saySlot))}. Which one shall I ${verb}?`
    return yield* askFor(question, (words) => choiceIn(words, appointments))
  }
  if (appointments.length === 0) {
    yield note({ outcome: 'nothing_to_change' })
    yield say(`You have no appointment that I could ${verb}.`)
  }
  return appointments[0]
}
