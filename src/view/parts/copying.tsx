import { useState } from 'preact/hooks'

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
