import type { Mask } from './mask.js'

/** Personal data that has a pattern, and what stands in its place. */
interface PersonalForm {
  readonly what: string
  readonly form: RegExp
  readonly mark: string
}

const email: PersonalForm = { what: 'an e-mail address', form: /[\w.+-]+@[\w-]+\.[\w.-]+/g, mark: '[an e-mail address]' }
const longNumber: PersonalForm = {
  what: 'a long number, such as a telephone, card or account number',
  form: /\+?\d(?:[\s().-]?\d){6,}/g,
  mark: '[a long number]',
}
const date: PersonalForm = {
  what: 'a date, such as a date of birth',
  form: /\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b/g,
  mark: '[a date]',
}

/** Kinds of personal data a text seems to contain. Names have no pattern, so an empty list proves nothing. */
export function personalDataIn(text: string): string[] {
  return [email, longNumber, date].filter(({ form }) => text.search(form) !== -1).map(({ what }) => what)
}

/** Puts what it is in the place of personal data that has a pattern. */
export const personalDataMask: Mask = {
  isEmpty: false,
  secrets: [],
  text: withoutPersonalData,
  cut: withoutPersonalData,
  texts: texts => texts.map(withoutPersonalData),
  json: value => inJson(value) as typeof value,
  strings: value => inJson(value) as typeof value,
}

function withoutPersonalData(text: string): string {
  // A date is a long number, too: its own mark says more.
  return [email, date, longNumber].reduce((left, { form, mark }) => left.replaceAll(form, mark), text)
}

function inJson(value: unknown): unknown {
  if (typeof value === 'string') return withoutPersonalData(value)
  if (typeof value === 'number') {
    const text = withoutPersonalData(String(value))
    return text === String(value) ? value : text
  }
  if (Array.isArray(value)) return value.map(inJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inJson(each)]))
}
