/** Whether a header can have this value as it is: visible ASCII and Latin-1, blanks and tabs (RFC 9110, section 5.5). Blanks at its end are not sent. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value.replace(/[\t\n\r ]+$/, ''))
}
