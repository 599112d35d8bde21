/** Whether an utterance ends with a question. */
export function isQuestion(text: string): boolean {
  return /[?？؟]\P{L}*$/u.test(text)
}
