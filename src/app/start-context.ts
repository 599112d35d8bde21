import { userInfo } from 'node:os'
import { ciFacts } from '../domain/ci-context.js'
import type { Environment } from '../domain/environment.js'
import type { StartContext, WorkTree } from '../domain/start-context.js'
import type { Adapters } from './registry.js'

/** What a user says about the start of a result. */
export interface StartWords {
  readonly runId?: string
  readonly envName?: string
}

/**
 * Where, by whom and from what a result is started. With the logical clock, only what the environment and the user say: the machine
 * would differ from one to the next.
 */
export async function readStartContext(
  environment: Environment,
  { runId, envName }: StartWords,
  cwd: string,
  { workTree, isLogical }: Pick<Adapters, 'workTree' | 'isLogical'>,
): Promise<StartContext> {
  const { ci, vcs: said } = ciFacts(environment) ?? {}
  const tree = await workTree(cwd)
  const vcs: WorkTree = { ...tree, ...said }
  const invocation = runId ?? ci?.run
  const startedBy = ci?.actor ?? (isLogical ? undefined : userName())
  return {
    ...(ci && { ci }),
    ...(Object.keys(vcs).length > 0 && { vcs }),
    ...(!isLogical && { machine: { os: process.platform, arch: process.arch, node: process.versions.node } }),
    ...(startedBy !== undefined && { startedBy }),
    ...(invocation !== undefined && { invocation }),
    ...(envName !== undefined && { environment: envName }),
  }
}

function userName(): string | undefined {
  try {
    return userInfo().username
  } catch {
    // In a container the user may have no name.
    return undefined
  }
}
