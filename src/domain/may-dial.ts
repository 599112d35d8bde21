import { withoutSeparators } from './phone-number.js'

/** Numbers that nobody calls by accident: emergency calls, and below what costs extra by the minute. */
const emergency = ['112', '911', '999', '000', '110', '118', '119', '988', '933']
/** Emergency calls behind the digit that an exchange wants for a line outside. */
const outside = { 0: ['112', '911', '999', '110'], 1: ['911'], 9: ['112', '911', '999'] }
/**
 * North America, United Kingdom, Germany, France, Switzerland, Austria, Australia, and numbers of no country; the last is dialled inside
 * Austria, Germany, Switzerland, the Netherlands and the United Kingdom.
 */
const premium = `+1900* +1976* +449* +4487* +49900* +49137* +338* +41900* +41901* +41906* +43900* +43930* +61190* +979* +808* +881* +882* +883* 0900*`
const refused = [...emergency, ...premium.split(' ')]

/**
 * Whether a trunk may dial a number.
 *
 * @param number  E.164, or what a telephone exchange calls an extension; also as people write them.
 * @param allow  Patterns in which `*` stands for any digits. Without them, everything but emergency and premium numbers.
 */
export function mayDial(number: string, allow: readonly string[] | undefined): boolean {
  const plain = withoutSeparators(number)
  // What is refused must be allowed by name, in whichever spelling: no wider pattern stands for it.
  const costly = spellings(plain).find(spelled => refused.some(pattern => matches(pattern, spelled)))
  if (costly !== undefined) return allow?.some(pattern => withoutSeparators(pattern) === plain || isNamed(pattern, costly)) ?? false
  return allow?.some(pattern => matches(pattern, plain)) ?? true
}

/** Networks take numbers in many spellings, emergency numbers too. */
function spellings(number: string): readonly string[] {
  const spelled = [number]
  const digits = number.replace(/^(\+|00|011)/, '')
  // With and without a plus. Shorter numbers are extensions, and numbers inside a country.
  spelled.push(digits.length >= shortestInternational ? `+${digits}` : digits)
  // As in North America, without the country.
  if (/^\d{10}$/.test(number)) spelled.push(`+1${number}`)
  // With a country before them, which leaves no room for a number of somebody.
  spelled.push(...groupsIn(/^\+[1-9]\d{0,2}?(\d{3})$/, number))
  // Behind a code that hides the caller, as in *67911 or #31#112.
  const hidden = [...groupsIn(/^[*#]+\d{2}[*#]?(\d+)$/, number), ...groupsIn(/^[*#]+\d{3}[*#]?(\d+)$/, number)]
  spelled.push(...hidden.flatMap(spellings))
  for (const [line, numbers] of Object.entries(outside))
    if (number[0] === line && numbers.includes(number.slice(1))) spelled.push(number.slice(1))
  return spelled
}

function groupsIn(form: RegExp, number: string): readonly string[] {
  return form.exec(number)?.slice(1) ?? []
}

const shortestInternational = 10

function matches(pattern: string, number: string): boolean {
  const parts = pattern.split('*').map(part => part.replaceAll(/[^\d+#]/g, ''))
  // A pattern that begins with any digits stands for numbers with and without their country.
  const start = pattern.startsWith('*') ? '\\+?' : ''
  return new RegExp(`^${start}${parts.map(part => part.replaceAll('+', '\\+')).join('\\d*')}$`).test(number)
}

/** Whether a pattern names an emergency number itself, or a premium prefix as far as it is refused. */
function isNamed(pattern: string, number: string): boolean {
  return matches(pattern, number) && refused.some(prefix => matches(prefix, pattern.replaceAll('*', '')) && matches(prefix, number))
}
