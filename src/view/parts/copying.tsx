import { useEffect, useState } from 'preact/hooks'

/** Copies texts, and says so; where the browser does not allow it, shows the text instead. */
export function useCopying(): { readonly copy: (what: string, text: string) => void; readonly note: preact.ComponentChildren } {
  const [note, setNote] = useState<string>()
  useEffect(() => {
    if (note === undefined) return
    const timer = setTimeout(() => setNote(undefined), 6000)
    return () => clearTimeout(timer)
  }, [note])
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

/** A word for the shell. */
export function quoted(word: string): string {
  return /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
