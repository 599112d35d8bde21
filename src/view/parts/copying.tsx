import { useState } from 'preact/hooks'
import { visibleText } from '../../domain/safe-text.js'

/** Copies texts, and says so; where the browser does not allow it, shows the text instead. */
export function useCopying(): { readonly copy: (what: string, text: string) => void; readonly note: preact.ComponentChildren } {
  const [note, setNote] = useState<string>()
  return {
    copy(what, text) {
      const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('not allowed here'))
      copied.then(
        () => setNote(`Copied the ${what}.`),
        () => setNote(text),
      )
    },
    note: (
      <p class="copied" role="status">
        {note}
      </p>
    ),
  }
}

/** A word for the shell, on one line. What would control a terminal is its picture. */
export function quoted(name: string): string {
  const word = visibleText(name).replaceAll('\n', '⏎')
  return /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
