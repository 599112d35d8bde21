// How the agent says dates, times and lists.

const dateFormat = new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' })

/** '2026-03-10' -> 'Tuesday, March 10' */
export function sayDate(date) {
  return dateFormat.format(new Date(`${date}T00:00:00Z`))
}

/** { date: '2026-03-10', time: '14:00', doctor } -> 'Tuesday, March 10 at 2:00 PM with Dr. Lindqvist' */
export function saySlot({ date, time, doctor }) {
  return `${sayDate(date)} at ${sayTime(time)}${doctor ? ` with ${doctor}` : ''}`
}

/** ['a', 'b', 'c'] -> 'a; b; or c' */
export function sayChoices(choices) {
  const [last, ...others] = choices.toReversed()
  return others.length === 0 ? last : `${others.toReversed().join('; ')}; or ${last}`
}

function sayTime(time) {
  const [hour, minutes] = time.split(':')
  return `${hour % 12 || 12}:${minutes} ${hour < 12 ? 'AM' : 'PM'}`
}
