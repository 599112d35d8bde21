import type { RunPhase, ResultState } from '../../../ports/database.js'
import type { OutcomeStatus } from '../../../domain/outcome.js'

/** The tables, in a form both databases share. JSON is text; times are ISO 8601 in UTC, so that they sort as text. */
export interface Tables {
  counters: { name: 'results' | 'runs'; next: number }
  /** `kept_at`: when the document was last reported in use. */
  documents: { digest: string; body: string; kept_at: string }
  results: ResultRow
  runs: RunRow
  events: EventRow
  idempotency_keys: { project: string; key: string; request_hash: string; result: number; created_at: string }
  share_tokens: { hash: string; project: string; result: number; expires_at: string }
  /** What people add to a result, a line of a file beside a journal each. */
  kept_lines: { result: number; file: string; kept_at: string; id: string; body: string }
  catalogue_ids: { project: string; kind: string; key: string; id: number }
}

export interface ResultRow {
  id: number
  /** Empty while the result is being removed; it then belongs to no project. */
  project: string
  suite: string
  agent_id: number
  /** The name in the form to search for. */
  searched: string
  request: string
  document: string
  started: string
  state: ResultState
  report: string | null
  /** Of the gate; null until the result has ended. */
  verdict: string | null
  /** That the server was started in; null if none is known. */
  branch: string | null
  total_runs: number
  ended_runs: number
  scored_runs: number
  passed_runs: number
  cancelled_runs: number
  first_run: number
  rerun_of: number | null
  revision: number
  /** The sequence number of the latest event; 0 before the first. */
  last_event: number
  created_at: string
  updated_at: string
  ended_at: string | null
}

/** A run's id is the result's `first_run` plus the run's index. */
export interface RunRow {
  id: number
  result: number
  idx: number
  scenario_id: number | null
  state: RunPhase
  attempt: number
  outcome: OutcomeStatus | null
  reason: string | null
  message: string | null
  duration_ms: number | null
  started_at: string | null
  /** When it began to wait for its agent to call. */
  awaited_at: string | null
  ended_at: string | null
  /** The `run.ended` event. */
  ended: string | null
}

/** `body` is null for `run.ended`, because the run contains that event. */
export interface EventRow {
  result: number
  sequence: number
  type: string
  run: number | null
  body: string | null
}
