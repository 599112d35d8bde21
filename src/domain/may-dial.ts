/** Numbers that nobody calls by accident: emergency calls, and below what costs extra by the minute. */
const emergency = ['112', '911', '999', '000', '110', '118', '119', '988', '933']
/** North America, United Kingdom, Germany, France, Switzerland, Austria, Australia, and numbers of no country. */
const premium = `+1900* +1976* +449* +4487* +49900* +49137* +338* +41900* +41901* +41906* +43900* +43930* +61190* +979* +808* +881* +882* +883*`
const refused = [...emergency, ...premium.split(' ')]

/**
 * Whether a trunk may dial a number.
 *
 * @param number  E.164, or what a telephone exchange calls an extension.
 * @param allow  Patterns in which `*` stands for any digits. Without them, everything but emergency and premium numbers.
 */
export function mayDial(number: string, allow: readonly string[] | undefined): boolean {
  // What is refused must be allowed by name, in whichever spelling: no wider pattern stands for it.
  const costly = spellings(number).find(spelled => refused.some(pattern => matches(pattern, spelled)))
  if (costly !== undefined) return allow?.some(pattern => isNamed(pattern, costly)) ?? false
  return allow?.some(pattern => matches(pattern, number)) ?? true
}

/** Networks take long numbers without the plus as they take them with it, and some emergency numbers with a plus before them. */
function spellings(number: string): readonly string[] {
  const digits = number.replace(/^(\+|00|011)/, '')
  return digits.length >= shortestInternational ? [number, `+${digits}`] : [number, digits]
}

/** Shorter numbers are extensions, and numbers inside a country. */
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
