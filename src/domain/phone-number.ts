/**
 * A telephone number in E.164, from a spelling of people: `+1 (555) 555-0100`, `0049 30 1234567`, `tel:+15555550100`. A zero in
 * parentheses is dialled only inside its country, and is left out.
 *
 * @returns `undefined` if it is none; a number without its country cannot be completed.
 */
export function normalisePhoneNumber(spelled: string): string | undefined {
  const [, written = ''] = /^\s*(?:tel:)?\s*(?:\+|00)(.*)$/is.exec(spelled.normalize('NFKC')) ?? []
  const digits = written.replaceAll(/\(0\)|[\s()./\u2010-\u2015\u2212-]/g, '')
  return /^[1-9]\d{1,14}$/.test(digits) ? `+${digits}` : undefined
}

/** Whether a user of a telephone exchange is dialled: digits and what separates them, with codes such as `*67`. Others are names. */
export function isDialled(user: string): boolean {
  return /^[\d+*#().\s-]*\d[\d+*#().\s-]*$/.test(user)
}

/** A number as exchanges and networks read it: without what separates its digits for people. */
export function withoutSeparators(number: string): string {
  return number.replaceAll(/[\s().-]/g, '')
}
