/** Where, by whom and from what a result was started. What is unknown is absent. */
export interface StartContext {
  /** The CI service that started it. */
  readonly ci?: CiContext
  /** The working tree that it was started in. */
  readonly vcs?: WorkTree
  readonly machine?: MachineContext
  /** The person or account, as the machine or the CI service names it. */
  readonly startedBy?: string
  /** Ties results of one occasion together, such as the shards of a run: `--run-id`, or the run of the CI service. */
  readonly invocation?: string
  /** What was tested there, such as staging: `--env-name`. */
  readonly environment?: string
}

export interface CiContext {
  readonly provider: string
  /** Page of the CI run. */
  readonly url?: string
  readonly run?: string
  readonly job?: string
  readonly actor?: string
}

/** What is checked out in a folder. */
export interface WorkTree {
  /** Hash of the commit. */
  readonly commit?: string
  readonly branch?: string
  /** Whether files under version control have changes that were not committed. */
  readonly dirty?: boolean
  /** Address of its origin, without user and password. */
  readonly repository?: string
}

export interface MachineContext {
  readonly os: string
  readonly arch: string
  /** The version of Node.js. */
  readonly node: string
}
