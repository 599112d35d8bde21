/** The hours of which callers speak, as the clinic's agent reads them. */
export const spokenHours = { 'nine thirty': '9:30', 'ten thirty': '10:30', nine: '9:00', ten: '10:00', eleven: '11:00' }

const spoken = new RegExp(String.raw`\bat (${Object.keys(spokenHours).join('|')})\b`, 'gi')

/** "at nine thirty" -> "at 9:30" */
export function withHoursInDigits(words) {
  return words.replace(spoken, (_, hour) => `at ${spokenHours[hour.toLowerCase()]}`)
}
