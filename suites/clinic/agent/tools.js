import { plantedBug } from './bugs.js'
import { appointments, partOfDay, patients, slots } from './records.js'

/** The agent's tools. Each call has its own copy of the book, so calls do not affect each other. */
export function openTools({ tier }) {
  const book = new Map(appointments.map((appointment) => [appointment.id, appointment]))
  const offered = slots.filter(({ goldOnly }) => tier === 'gold' || !goldOnly)
  let lastId = book.size

  return {
    look_up_patient({ name, date_of_birth }) {
      const patient = patients.find(
        (known) =>
          known.name.toLowerCase() === name.toLowerCase() &&
          (known.dateOfBirth === date_of_birth || plantedBug === 'privacy'),
      )
      if (!patient) return { error: 'no_match' }
      const own = [...book.values()].filter(({ patientId }) => patientId === patient.id)
      return { patient_id: patient.id, name: patient.name, appointments: own.map(describe) }
    },

    /** The first three free times, on the given date and in the given part of the day, if any. */
    find_slots({ date, part_of_day }) {
      const free = offered.filter(
        (slot) =>
          (date === undefined || slot.date === date) &&
          (part_of_day === undefined || partOfDay(slot.time) === part_of_day) &&
          !isTaken(slot),
      )
      return { slots: free.slice(0, 3).map(({ goldOnly, ...slot }) => slot) }
    },

    book_appointment({ patient_id, date, time }) {
      return enter({ id: `A-${lastId + 1}`, patientId: patient_id, date, time })
    },

    move_appointment({ appointment_id, date, time }) {
      const appointment = book.get(appointment_id)
      return appointment ? enter({ ...appointment, date, time }) : { error: 'no_such_appointment' }
    },

    cancel_appointment({ appointment_id }) {
      return book.delete(appointment_id) ? { cancelled: appointment_id } : { error: 'no_such_appointment' }
    },
  }

  function enter(appointment) {
    if (!offered.some((slot) => isSameTime(slot, appointment))) return { error: 'no_such_time' }
    if (isTaken(appointment) && plantedBug !== 'double_booking') return { error: 'taken' }
    if (!book.has(appointment.id)) lastId += 1
    book.set(appointment.id, appointment)
    return describe(appointment)
  }

  function isTaken(slot) {
    return [...book.values()].some((appointment) => isSameTime(slot, appointment))
  }
}

function describe({ id, date, time }) {
  const { doctor } = slots.find((slot) => isSameTime(slot, { date, time }))
  return { appointment_id: id, date, time, doctor }
}

function isSameTime(one, other) {
  return one.date === other.date && one.time === other.time
}
