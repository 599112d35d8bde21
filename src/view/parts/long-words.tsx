import { useContext, useState } from 'preact/hooks'
import { grouped } from '../../domain/count.js'
import { WholeWords } from './whole-words.js'
import { Words } from './words.js'

/** Of the build: whether screens are rendered when a report is made, where nobody can ask for more. */
declare const isRenderedAhead: boolean

const shownAtFirst = 2000

/** Words of which there can be very many: the rest is shown when it is asked for. */
export function LongWords({ text }: { readonly text: string }) {
  const [isOpened, setWhole] = useState(false)
  const isWhole = isRenderedAhead ? useContext(WholeWords) : isOpened
  if (isWhole || text.length <= shownAtFirst * 1.2) return <Words text={text} />
  return (
    <>
      <Words text={text.slice(0, wholeLength(text))} />
      <span class="more">
        {' '}
        … {grouped(text.length - wholeLength(text))} more characters{' '}
        {!isRenderedAhead && (
          <button type="button" onClick={() => setWhole(true)}>
            Show all
          </button>
        )}
      </span>
    </>
  )
}

function wholeLength(text: string): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(shownAtFirst - 1)) ? shownAtFirst - 1 : shownAtFirst
}
