import type { Document } from '../../domain/document.js'

/** Makes a document read-only, except its sources, which spans refer to by identity. */
export function freezeDocument(document: Document): Document {
  const sources = new Set<unknown>(document.sources)
  freeze(document)
  return document

  function freeze(value: unknown) {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value) || sources.has(value)) return
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
}
