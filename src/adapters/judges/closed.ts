/** The schema of an object that has these properties and no others. */
export function closed(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties }
}

/** In characters, the longest words an answer is asked for: a reason, a quote. */
export const longestWords = 300
