/** What personal data looks like, as far as its form tells. */
const forms: readonly (readonly [what: string, form: RegExp])[] = [
  ['an e-mail address', /[\w.+-]+@[\w-]+\.[\w.-]+/],
  ['a long number, such as a telephone, card or account number', /\+?\d(?:[\s().-]?\d){6,}/],
  ['a date, such as a date of birth', /\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b/],
]

/** Kinds of personal data that a text seems to hold. Names have no form: that none is found says nothing. */
export function personalDataIn(text: string): string[] {
  return forms.filter(([, form]) => form.test(text)).map(([what]) => what)
}
