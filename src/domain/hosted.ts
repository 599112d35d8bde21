/** A request of the run-scenarios API, as a hosted connection sends it. */
export interface HostedRequest {
  readonly agent_id: number
  /** Ids, the first N, `all`, or a folder (with `project_id`). */
  readonly scenarios?: readonly number[] | number | string
  readonly tags?: readonly string[]
  readonly project_id?: number
  readonly frequency?: number
  readonly personality_ids?: readonly number[]
  readonly test_profile_ids?: readonly number[]
  readonly mode?: 'same_number' | 'different_numbers'
  readonly outbound_phone_number?: string
  readonly agent_number?: string
  readonly concurrency_limit?: number
}

/** A result that a hosted service has begun for a run entry. Plain data, stored with our result so that it can be resumed. */
export interface HostedResult {
  readonly id: number
  /** In the order of the runs; the runs of one case are adjacent. */
  readonly cases: readonly HostedCase[]
}

/** Runs of one scenario x personality x test profile, as the service knows them. */
export interface HostedCase {
  readonly scenario: HostedName
  readonly personality?: HostedName
  readonly testProfile?: HostedName
  /** Ids of the runs. */
  readonly runs: readonly number[]
}

export interface HostedName {
  readonly id: number
  readonly name: string
}
