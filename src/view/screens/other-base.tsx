import { useMemo, useState } from 'preact/hooks'
import { pFigure } from '../../domain/comparison-changes.js'
import { changesBetween, conditionsText } from '../../domain/conditions.js'
import { createRows } from '../model/rows.js'
import { casesOf, compareCases, type ComparedCase, type ComparedSide } from '../parts/compare-cases.js'
import { timeText } from '../parts/figures.js'
import { Mark } from '../parts/mark.js'
import { sideOf, TurnPairs } from '../parts/turn-pairs.js'
import { useRun } from '../parts/use-run.js'
import { Words } from '../parts/words.js'
import { packedSource } from '../source/packed.js'
import type { Source } from '../source/source.js'

type Side = ComparedSide & { readonly source: Source }

/** S5 with a base that is chosen here: the page of another result. It does not leave the browser. */
export function OtherBase(own: Side) {
  const [chosen, choose] = useState<Side | string>()
  const read = async (file: File): Promise<void> => {
    try {
      const page = await file.text()
      const source = packedSource(part => new RegExp(`id="${part}">([^<]*)`).exec(page)![1]!)
      const index = await source.index()
      choose({ index, source, rows: createRows(index) })
    } catch {
      choose(`${file.name} cannot be read. Choose a page that this version made.`)
    }
  }
  return (
    <section>
      <h2>Compare with another result</h2>
      <label>
        Its page, as the base{' '}
        <input
          type="file"
          accept=".html"
          onChange={event => {
            const file = event.currentTarget.files?.[0]
            if (file) void read(file)
          }}
        />
      </label>
      {typeof chosen === 'string' ? (
        <p role="alert">
          <Words text={chosen} />
        </p>
      ) : (
        chosen && <Compared base={chosen} next={own} />
      )}
    </section>
  )
}

function Compared({ base, next }: { readonly base: Side; readonly next: Side }) {
  const [open, setOpen] = useState<ComparedCase>()
  const alpha = next.index.started.plan.thresholds.noRegression?.alpha ?? 0.05
  const cases = useMemo(() => compareCases(base, next, alpha), [base, next])
  const conditions = changesBetween(base.index.conditions, next.index.conditions)
  const many = (of: ComparedCase['verdict']): number => cases.filter(({ verdict }) => verdict === of).length
  const [before, after] = [casesOf(base, next), casesOf(next, next)]
  const isGone = (from: typeof before, to: typeof before): number => [...from.keys()].filter(key => !to.has(key)).length
  return (
    <>
      <p role="status">
        Since <Words text={Object.values(base.index.agents).join('; ')} />, {timeText(base.index.started.at)}: {many('worse')} worse,{' '}
        {many('better')} better, {many('unclear')} moved within chance, {isGone(after, before)} new, {isGone(before, after)} gone.
      </p>
      {conditions.length > 0 && (
        <p class="verdict could_not_tell">
          ⚠ <Words text={conditionsText(conditions)} />
        </p>
      )}
      <p class="note">Pass rates only (Holm, alpha {alpha * 100} %). callsheet compare tests metrics and few runs, too.</p>
      <ul class="changes">
        {cases.map(each => (
          <li key={each.key}>
            <Mark status={marks[each.verdict]} word={each.verdict} />
            <div>
              <Words text={each.key} />: {each.verdict},{' '}
              {`${each.base.passed}/${each.base.counted} -> ${each.next.passed}/${each.next.counted}`},{' '}
              <span class="note">corrected p {pFigure(each.corrected)}</span>{' '}
              <button type="button" aria-expanded={open === each} onClick={() => setOpen(open === each ? undefined : each)}>
                Side by side
              </button>
              {open === each && <Pair of={each} base={base} next={next} />}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

const marks = { worse: 'failed', better: 'passed', unclear: 'not_run' } as const

function Pair({ of: { examples }, base, next }: { readonly of: ComparedCase; readonly base: Side; readonly next: Side }) {
  const titleOf = (when: string, { rows }: Side, index: number) => (
    <>
      {when}: <Words text={rows.at(index).key} />
    </>
  )
  const [before, after] = examples
  return (
    <TurnPairs
      sides={[
        sideOf(titleOf('Before', base, before), useRun(base.source, before)),
        sideOf(titleOf('After', next, after), useRun(next.source, after)),
      ]}
    />
  )
}
