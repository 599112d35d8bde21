import { useState } from 'preact/hooks'
import { grouped } from '../../domain/count.js'
import { useIsStatic } from './links.js'
import { Words } from './words.js'

const shownAtFirst = 2000

/** Words of which there can be very many: the rest is shown when it is asked for. */
export function LongWords({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false)
  const isStatic = useIsStatic()
  if (isWhole || text.length <= shownAtFirst * 1.2) return <Words text={text} />
  return (
    <>
      <Words text={text.slice(0, wholeLength(text))} />
      <span class="more">
        {' '}
        … {grouped(text.length - wholeLength(text))} more characters{' '}
        {!isStatic && (
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
