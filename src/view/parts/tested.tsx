import type { ComponentChildren } from 'preact'
import type { EntrySummary } from '../../domain/event.js'
import type { ViewIndex } from '../model/view-index.js'
import { Words } from './words.js'

/** What was tested, with what, where and by whom. What is unknown is left out. */
export function Tested({ index: { started, report, journal } }: { readonly index: ViewIndex }) {
  const { suite, digests, plan, context = {}, options, cassette } = started
  const { ci, vcs, machine } = context
  const agents = [...new Map(plan.entries.map(({ agent }) => [agent.key, agent])).values()]
  return (
    <section aria-labelledby="tested-title">
      <h2 id="tested-title">What was tested</h2>
      <dl class="record">
        {agents.map(agent => (
          <Agent key={agent.key} agent={agent} />
        ))}
        <Fact term="Suite" parts={[suite.name, suite.file]} />
        <Fact term="Owner" parts={[suite.owner]} />
        <Fact term="Seed" parts={[String(plan.seed)]} />
        <Fact term="Caller" parts={[plan.caller?.model, numbered('temperature', plan.caller?.temperature)]} />
        <Fact term="Cassette" parts={cassette && [cassette.mode, cassette.file]} />
        <Fact term="Rescored from" parts={[started.rescoredFrom]} />
        <Fact
          term="Merged from"
          parts={started.mergedFrom?.parts.map(({ result, shard }) => (shard ? `${result} (shard ${shard.nth} of ${shard.of})` : result))}
        />
        <Fact term="Environment" parts={[context.environment]} />
        <Fact
          term="Commit"
          parts={[vcs?.commit, vcs?.branch, vcs?.dirty ? 'with changes that were not committed' : undefined, vcs?.repository]}
        />
        <Fact term="CI run" parts={[ci?.provider, ci?.run, ci?.job, ci?.url]} />
        <Fact term="Started by" parts={[context.startedBy ?? ci?.actor]} />
        <Fact term="Machine" parts={[machine?.os, machine?.arch, machine && `Node.js ${machine.node}`]} />
        <Fact term="Options" parts={Object.entries(options).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)} />
        <Fact term="Result" parts={[report.result]} />
        <Fact term="Callsheet" parts={[started.callsheet]} />
        <Digest term="Digest of the suite" hex={digests.suite} />
        <Digest term="Digest of the thresholds" hex={digests.bar} />
        <Digest term="Digest of the plan" hex={digests.plan} />
        {journal !== undefined && <Digest term="Digest of the journal" hex={journal} />}
      </dl>
    </section>
  )
}

function Agent({ agent: { key, name, identity = {}, channel } }: { readonly agent: EntrySummary['agent'] }) {
  const { version, digest, dirty, uri, models, prompt } = identity
  return (
    <Fact
      term={`Agent ${key}`}
      parts={[
        name === key ? undefined : name,
        version === undefined ? 'version unknown' : `version ${version}`,
        digest && `${digest}${dirty ? ' with changes that were not committed' : ''}`,
        uri,
        models && `models ${models.join(', ')}`,
        prompt && `prompt ${prompt.file} (sha256:${prompt.sha256.slice(0, 12)})`,
        `over ${channel.replaceAll('_', ' ')}`,
      ]}
    />
  )
}

function Digest({ term, hex }: { readonly term: string; readonly hex: string }) {
  return (
    <Row term={term}>
      <code>sha256:{hex}</code>
    </Row>
  )
}

function Fact({ term, parts = [] }: { readonly term: string; readonly parts?: readonly (string | undefined)[] | undefined }) {
  const known = parts.filter(part => part !== undefined && part !== '')
  if (known.length === 0) return null
  return (
    <Row term={term}>
      {known.map((part, i) => (
        <span key={i}>
          {i > 0 && ' · '}
          <Words text={part ?? ''} />
        </span>
      ))}
    </Row>
  )
}

function Row({ term, children }: { readonly term: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>
        <Words text={term} />
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

function numbered(name: string, value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${name} ${value}`
}
