import { shellWord } from '../../domain/repeat-command.js'
import type { ViewIndex } from '../model/view-index.js'
import { Words } from './words.js'

/** What the screen of a comparison says where there is none: how to have one. */
export function NotCompared({ index: { commands, isShared } }: { readonly index: ViewIndex }) {
  const none = 'This page was made without a result to compare with.'
  if (isShared) return <p>{none}</p>
  if (commands.address !== undefined) return <p>{none} Choose it and another in the list of results.</p>
  return (
    <p>
      {none} To compare it: <Words text={`callsheet report ${shellWord(commands.folder)} --html compared.html --baseline`} />, and the
      folder of an earlier result.
    </p>
  )
}
