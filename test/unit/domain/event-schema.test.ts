import { expectTypeOf, test } from 'vitest'
import type { SuiteEvent } from '../../../src/domain/event.js'
import type { Fault } from '../../../src/domain/fault.js'
import type { Outcome, OutcomeStatus } from '../../../src/domain/outcome.js'
import type { Transcript } from '../../../src/domain/transcript.js'
import type { Verdict } from '../../../src/domain/verdict.js'
import type { JournalEvent } from './generated/event.js'

// The types of events are written by hand, for their ids that cannot be swapped and their unions; the schema says the same for
// everybody else. Where the two differ, in a field, a type or an optional, this does not compile, and names the event.

/** An outcome as a schema says it: one object, whose fields depend on its status. */
interface FlatOutcome {
  status: OutcomeStatus
  verdict?: Plain<Verdict>
  transcript?: Plain<Transcript>
  fault?: Plain<Fault>
  reason?: string
}

/** A type as it is in JSON: ids are texts, nothing is read-only. */
type Plain<T> = [T] extends [Outcome] ? FlatOutcome : PlainEach<T>
type PlainEach<T> = T extends string
  ? {} extends Record<T, 1>
    ? string
    : T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Plain<T[Key]> }
      : T

type Ours = Plain<SuiteEvent>
type Theirs = Plain<JournalEvent>
type Of<Event, Type> = Extract<Event, { type: Type }>

test('the types of events and reports are what their schemas say', () => {
  expectTypeOf<Ours['type']>().toEqualTypeOf<Theirs['type']>()
  expectTypeOf<Of<Ours, 'suite.started'>>().toEqualTypeOf<Of<Theirs, 'suite.started'>>()
  expectTypeOf<Of<Ours, 'suite.resumed'>>().toEqualTypeOf<Of<Theirs, 'suite.resumed'>>()
  expectTypeOf<Of<Ours, 'agent.ready'>>().toEqualTypeOf<Of<Theirs, 'agent.ready'>>()
  expectTypeOf<Of<Ours, 'model.ready'>>().toEqualTypeOf<Of<Theirs, 'model.ready'>>()
  expectTypeOf<Of<Ours, 'run.started'>>().toEqualTypeOf<Of<Theirs, 'run.started'>>()
  expectTypeOf<Of<Ours, 'run.waiting'>>().toEqualTypeOf<Of<Theirs, 'run.waiting'>>()
  expectTypeOf<Of<Ours, 'run.awaiting'>>().toEqualTypeOf<Of<Theirs, 'run.awaiting'>>()
  expectTypeOf<Of<Ours, 'run.turn'>>().toEqualTypeOf<Of<Theirs, 'run.turn'>>()
  expectTypeOf<Of<Ours, 'run.retrying'>>().toEqualTypeOf<Of<Theirs, 'run.retrying'>>()
  expectTypeOf<Of<Ours, 'run.ended'>>().toEqualTypeOf<Of<Theirs, 'run.ended'>>()
  expectTypeOf<Of<Ours, 'case.decided'>>().toEqualTypeOf<Of<Theirs, 'case.decided'>>()
  expectTypeOf<Of<Ours, 'entry.decided'>>().toEqualTypeOf<Of<Theirs, 'entry.decided'>>()
  expectTypeOf<Of<Ours, 'judge.controlled'>>().toEqualTypeOf<Of<Theirs, 'judge.controlled'>>()
  expectTypeOf<Of<Ours, 'suite.stopping'>>().toEqualTypeOf<Of<Theirs, 'suite.stopping'>>()
  expectTypeOf<Of<Ours, 'suite.ended'>>().toEqualTypeOf<Of<Theirs, 'suite.ended'>>()
})
