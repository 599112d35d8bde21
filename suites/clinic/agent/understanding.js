// How the agent understands the caller's words. Each reader returns `undefined` if it finds nothing.
import { today } from './records.js'

const intents = [
  ['cancel', /\bcancel/i],
  ['move', /\b(move|re-?schedule|change|postpone|different (time|day))\b/i],
  ['hours', /\b(open|opening|hours|close|address|located|parking)\b/i],
  ['inquire', /\b(when|what time) is my\b|\bmy next appointment\b|\bdo i have an appointment\b/i],
  ['book', /\b(book|schedule|make|need|want|like|see)\b.*\b(appointment|doctor|dr\.|visit|check-?up)/i],
]

export function intentIn(words) {
  return intents.find(([, pattern]) => pattern.test(words))?.[0]
}

/** Whether the caller agrees: true or false. */
export function consentIn(words) {
  if (/\b(no|nope|not|don't|never ?mind|keep)\b/i.test(words)) return false
  if (/\b(yes|yeah|yep|sure|please|go ahead|correct|right|ok|okay)\b/i.test(words)) return true
  return undefined
}

/** A full name that the caller gives unasked: "this is Maria Lopez". */
export function introductionIn(words) {
  const lead = /\b(?:[Mm]y name is|[Tt]his is|[Ii]t's|I am|I'm)\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)+)/u.exec(words)
  return lead?.[1]
}

/** A full name given as an answer: an introduction, or two to four words and nothing more. */
export function nameIn(words) {
  return introductionIn(words) ?? /^\W*(\p{L}[\p{L}'’-]*(?:\s+\p{L}[\p{L}'’-]*){1,3})\W*$/u.exec(words)?.[1]
}

const months = 'january february march april may june july august september october november december'.split(' ')
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')
const month = `(${months.join('|')})`
const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?`

/** A date of birth: spoken, written or keyed in (MMDDYYYY). Returns 'YYYY-MM-DD'. */
export function birthDateIn(words) {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(words)
  if (iso) return calendarDate(iso[1], iso[2], iso[3])
  const american = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(words) ?? /\b(\d{2})(\d{2})(\d{4})\b/.exec(words)
  if (american) return calendarDate(american[3], american[1], american[2])
  const spoken = new RegExp(String.raw`\b${month} ${day},? (\d{4})\b`, 'i').exec(words)
  return spoken ? calendarDate(spoken[3], monthNumber(spoken[1]), spoken[2]) : undefined
}

/** A past or future day: "March 10", "next week Tuesday" as "Tuesday". Returns 'YYYY-MM-DD'. */
export function dayIn(words) {
  const full = birthDateIn(words)
  if (full) return full
  const named = new RegExp(String.raw`\b${month} ${day}\b`, 'i').exec(words)
  if (named) return calendarDate(today.slice(0, 4), monthNumber(named[1]), named[2])
  const weekday = weekdays.findIndex((name) => new RegExp(String.raw`\b${name}\b`, 'i').test(words))
  return weekday === -1 ? undefined : nextWeek(weekday)
}

/** A time of day, 'HH:MM'. Without AM or PM, one to six o'clock mean the afternoon. */
export function timeIn(words) {
  const said = /\b(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b|\b(\d{1,2}):(\d{2})\b/i.exec(words)
  if (!said) return undefined
  const [, hour12, minutes12 = '00', half, hour24, minutes24] = said
  if (half) return clockTime((hour12 % 12) + (half.toLowerCase() === 'p' ? 12 : 0), minutes12)
  return clockTime(Number(hour24) + (hour24 >= 1 && hour24 <= 6 ? 12 : 0), minutes24)
}

export function partOfDayIn(words) {
  return /\b(morning|afternoon|evening)\b/i.exec(words)?.[1].toLowerCase()
}

/** The appointment or free time that the caller means: by its number in the list, its day, time or doctor. */
export function choiceIn(words, options) {
  const place = ['first', 'second', 'third'].findIndex((name) => new RegExp(String.raw`\b${name}\b`, 'i').test(words))
  if (place !== -1) return options[place]
  const [date, time] = [dayIn(words), timeIn(words)]
  const doctor = options.map((option) => option.doctor).find((name) => words.includes(name.replace('Dr. ', '')))
  if (!date && !time && !doctor) return undefined
  return options.find(
    (option) => option.date === (date ?? option.date) && option.time === (time ?? option.time) && option.doctor === (doctor ?? option.doctor),
  )
}

function monthNumber(name) {
  return months.indexOf(name.toLowerCase()) + 1
}

function clockTime(hour, minutes) {
  return hour < 24 && minutes < 60 ? `${String(hour).padStart(2, '0')}:${minutes}` : undefined
}

/** The date as 'YYYY-MM-DD', if it exists in the calendar. */
function calendarDate(year, monthOfYear, dayOfMonth) {
  const date = `${year}-${String(monthOfYear).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : undefined
}

/** The given weekday (0 is Sunday) of the week after today's. */
function nextWeek(weekday) {
  const date = new Date(`${today}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - date.getUTCDay() + 7 + weekday)
  return date.toISOString().slice(0, 10)
}
