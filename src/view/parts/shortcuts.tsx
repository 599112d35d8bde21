import { useEffect, useRef } from 'preact/hooks'

/** What each key does, while a screen is shown. */
export type Shortcuts = Readonly<Record<string, () => void>>

/** Listens to single keys. Keys for the browser, and those that a field takes, are left to them. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')) return
      const act = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

const keys: readonly (readonly [key: string, what: string])[] = [
  ['j / k', 'next and previous run'],
  ['n', 'next run that did not pass'],
  ['[ / ]', 'previous and next attempt'],
  ['/', 'search'],
  ['e', 'show or fold tool calls'],
  ['y', 'copy the link to this run'],
  ['r', 'copy the command that runs it again'],
  ['?', 'show or hide this list'],
]

/** The list of keys. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-label="Keyboard shortcuts" onClose={onClose}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </dialog>
  )
}
