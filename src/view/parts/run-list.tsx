import { useEffect, useRef, useState } from 'preact/hooks'
import { hashOf } from '../model/route.js'
import type { Row, Rows } from '../model/rows.js'
import { titleOf } from '../../domain/case-title.js'
import { durationText } from '../../domain/duration.js'
import { OutcomeMark, outcomeWords } from './mark.js'
import { Words } from './words.js'

const rowHeight = 58
/** Rows above and below what is seen. */
const spare = 8

/** Runs in a list that is as long as it must be, of which only what is seen is drawn. */
export function RunList({
  rows,
  indexes,
  selected,
  query,
}: {
  readonly rows: Rows
  readonly indexes: readonly number[]
  readonly selected: number | undefined
  readonly query: string
}) {
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  const place = selected === undefined ? -1 : indexes.indexOf(selected)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const element = box.current
    if (!element || place < 0) return
    const at = place * rowHeight
    if (at < element.scrollTop) element.scrollTop = at
    else if (at + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = at + rowHeight - element.clientHeight
  }, [place])

  const first = Math.max(Math.floor(top / rowHeight) - spare, 0)
  const shown = indexes.slice(first, first + Math.ceil(height / rowHeight) + 2 * spare)
  return (
    <div class="run-list" ref={box} tabIndex={0} role="region" aria-label="Runs" onScroll={event => setTop(event.currentTarget.scrollTop)}>
      <ul style={{ height: `${indexes.length * rowHeight}px` }}>
        {shown.map((index, i) => (
          <li
            key={index}
            style={{ transform: `translateY(${(first + i) * rowHeight}px)`, height: `${rowHeight}px` }}
            aria-setsize={indexes.length}
            aria-posinset={first + i + 1}
          >
            <RunLine row={rows.at(index)} isSelected={index === selected} query={query} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function RunLine({ row, isSelected, query }: { readonly row: Row; readonly isSelected: boolean; readonly query: string }) {
  const { key, status, repeat, durationMs, mark } = row
  return (
    <a href={hashOf({ screen: 'run', key, query })} aria-current={isSelected ? 'true' : undefined} title={key}>
      <OutcomeMark status={status} />
      <span class="run-title">
        <Words text={titleOf(row.case)} />
        {row.case.repeats > 1 && <span class="note"> #{repeat}</span>}
      </span>
      <span class="note run-why">
        {mark.flaky && 'flaky: passed after a retry. '}
        {mark.why === undefined ? `${outcomeWords[status]}, ${durationText(durationMs)}` : <Words text={mark.why} />}
      </span>
    </a>
  )
}
