// The clinic's book. Its date is fixed, so that every call goes the same way: today is Monday, March 2, 2026.

export const today = '2026-03-02'

export const patients = [
  { id: 'P-1', name: 'Maria Lopez', dateOfBirth: '1990-04-02' },
  { id: 'P-2', name: 'James Carter', dateOfBirth: '1985-11-23' },
  { id: 'P-3', name: 'Aisha Rahman', dateOfBirth: '1972-07-15' },
  { id: 'P-4', name: 'Tom Becker', dateOfBirth: '2001-01-30' },
  { id: 'P-5', name: 'Grace Kim', dateOfBirth: '1958-09-09' },
]

/** The doctors see patients from Monday to Thursday of next week. On Friday both are at a conference. */
const days = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']
const hours = [
  { doctor: 'Dr. Okafor', times: ['09:00', '09:30', '10:00', '10:30', '11:00'], goldOnly: false },
  { doctor: 'Dr. Lindqvist', times: ['13:00', '13:30', '14:00', '14:30'], goldOnly: false },
  { doctor: 'Dr. Lindqvist', times: ['18:00'], goldOnly: true },
]

/** Every time that can be booked, earliest first. */
export const slots = days.flatMap((date) =>
  hours.flatMap(({ doctor, times, goldOnly }) => times.map((time) => ({ date, time, doctor, goldOnly }))),
)

/** The book when a call begins. */
export const appointments = [
  { id: 'A-1', patientId: 'P-4', date: '2026-03-09', time: '09:30' },
  { id: 'A-2', patientId: 'P-1', date: '2026-03-10', time: '10:00' },
  { id: 'A-3', patientId: 'P-3', date: '2026-03-11', time: '14:00' },
  { id: 'A-4', patientId: 'P-5', date: '2026-03-12', time: '09:00' },
  { id: 'A-5', patientId: 'P-4', date: '2026-03-12', time: '13:30' },
]

export function partOfDay(time) {
  if (time < '12:00') return 'morning'
  return time < '17:00' ? 'afternoon' : 'evening'
}
