/** Patterns of personal data. */
const forms: readonly (readonly [what: string, form: RegExp])[] = [
  ['an e-mail address', /[\w.+-]+@[\w-]+\.[\w.-]+/],
  ['a long number, such as a telephone, card or account number', /\+?\d(?:[\s().-]?\d){6,}/],
  ['a date, such as a date of birth', /\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b/],
]

/** Kinds of personal data a text seems to contain. Names have no pattern, so an empty list proves nothing. */
export function personalDataIn(text: string): string[] {
  return forms.filter(([, form]) => form.test(text)).map(([what]) => what)
}
