import type { EntrySummary, SuiteStarted } from '../../../domain/event.js'

type Facts = (readonly [name: string, value: string])[]

/** Which agent was tested. */
export function identityProperties({ identity = {} }: EntrySummary['agent']): Facts {
  const { version, digest, dirty, uri, models, prompt } = identity
  return present([
    ['agent_version', version],
    ['agent_digest', digest],
    ['agent_dirty', dirty && 'true'],
    ['agent_uri', uri],
    ['agent_models', models?.join(', ')],
    ['agent_prompt', prompt && `${prompt.file} sha256:${prompt.sha256}`],
  ])
}

/** Where the result was started, and the digests of what it rests on. */
export function contextProperties({ digests, context = {} }: SuiteStarted): Facts {
  const { ci, vcs, startedBy, invocation, environment } = context
  return present([
    ['suite_digest', digests.suite],
    ['bar_digest', digests.bar],
    ['plan_digest', digests.plan],
    ['environment', environment],
    ['invocation', invocation],
    ['started_by', startedBy],
    ['commit', vcs?.commit],
    ['branch', vcs?.branch],
    ['dirty', vcs?.dirty === undefined ? undefined : String(vcs.dirty)],
    ['repository', vcs?.repository],
    ['ci', ci?.provider],
    ['ci_url', ci?.url],
  ])
}

function present(facts: readonly (readonly [string, string | undefined])[]): Facts {
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}
