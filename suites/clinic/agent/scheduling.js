import { askFor, passOn } from './asking.js'
import { say, use } from './frames.js'
import { partOfDay, today } from './records.js'
import { choiceIn, dayIn, partOfDayIn, timeIn } from './understanding.js'
import { sayChoices, sayDate, saySlot } from './wording.js'

/** How many times or days a caller may decline before the front desk takes over. */
const maxRounds = 5

/**
 * Agrees on a free time with the caller and books it.
 *
 * @param words  What the caller has said so far. It may name a day and a time.
 * @param take  Books a time, { date, time }, with a tool; returns the tool's result.
 * @returns The appointment as it now stands in the book.
 */
export function* agreeOnTime(call, words, take) {
  let wish = wishIn(words)
  for (let round = 1; round <= maxRounds; round += 1) {
    wish ??= yield* askFor('Which day would suit you?', wishIn)
    if (wish.date < today) {
      yield say(`${sayDate(wish.date)} is already past.`)
      wish = undefined
      continue
    }

    const { date, time, ...other } = wish.date && wish.time ? wish : yield* offer(call, wish)
    if (!time) {
      wish = date || other.partOfDay ? { date, ...other } : undefined
      continue
    }
    yield say('One moment, please.')
    const taken = yield* take({ date, time })
    if (!taken.error) return taken
    yield say(`I am sorry, ${saySlot({ date, time })} is not available.`)
    wish = { date, partOfDay: partOfDay(time) }
  }
  return yield* passOn()
}

/** Offers free times. Returns the one that the caller picks, or else the caller's new wish. */
function* offer(call, wish) {
  const { date } = wish
  yield say('Let me see what we have.')
  let { slots } = yield* use(call, 'find_slots', { date, part_of_day: wish.partOfDay })
  if (slots.length === 0) {
    const when = [date && `on ${sayDate(date)}`, wish.partOfDay && `in the ${wish.partOfDay}`].filter(Boolean)
    yield say(`We have nothing free ${when.join(' ')}.`)
    slots = (yield* use(call, 'find_slots', {})).slots
  }
  const question = `I can offer you ${sayChoices(slots.map(saySlot))}. Which one would you like?`
  return yield* askFor(question, (words) => choiceIn(words, slots) ?? wishIn(words, slots[0].date) ?? declineIn(words))
}

/** When the caller would like to come: { date, time, partOfDay }; `undefined` if the words do not say. */
function wishIn(words, talkedOf) {
  const [time, part] = [timeIn(words), partOfDayIn(words)]
  // A time without a day is on the day just offered.
  const date = dayIn(words) ?? (time && talkedOf)
  if (date || part) return { date, time, partOfDay: part }
  return /\b(soon(?:est)?|first available|earliest|any ?time|any day)\b/i.test(words) ? {} : undefined
}

function declineIn(words) {
  return /\b(none|neither|another|other|no)\b/i.test(words) ? {} : undefined
}
