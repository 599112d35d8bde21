import type { SharedResult } from '../../app/serve/answer/shares.js'
import type { Run } from '../../app/serve/generated/answers.js'
import { html, type Html } from './html.js'
import type { Page } from './page.js'

/** A result's page for everybody with the link. Works without JavaScript. */
export function sharePage({ result, runs, page: { page, size } }: SharedResult): Page {
  const { name, agent_name: agent, status, success_runs_count: succeeded, total_runs_count: total, success_rate: rate } = result
  const pages = Math.max(1, Math.ceil(runs.count / size))
  return {
    title: `${name}: ${status}`,
    hasSound: runs.items.some(run => run.voice_recording_url !== null),
    body: html`<main>
<h1><bdi>${name}</bdi></h1>
<p class="soft">A result of Callsheet, for reading only</p>
<dl class="facts">
${fact('Agent', agent)}
${fact('Status', status)}
${fact('Succeeded', `${succeeded} of ${total} (${Math.floor(rate * 10) / 10} %)`)}
${fact('Begun', minute(result.created_at))}
${fact('Last change', minute(result.updated_at))}
</dl>
<h2>Runs</h2>
${runs.items.map(runDetails)}
${pages > 1 ? html`<nav><span>${page > 1 ? html`<a href="?page=${page - 1}" rel="prev">Earlier runs</a>` : ''}</span><span class="soft">Page ${page} of ${pages}</span><span>${page < pages ? html`<a href="?page=${page + 1}" rel="next">Later runs</a>` : ''}</span></nav>` : ''}
</main>
<footer>Times are UTC. What agents and callers said stands here as they said it.</footer>`,
  }
}

/** The page for an unknown or expired link. */
export const noSharePage: Page = {
  title: 'Nothing here',
  body: html`<main><h1>There is nothing here</h1><p>This link has expired or never existed. Ask the sender for a new one.</p></main>`,
}

function fact(what: string, value: string): Html {
  return html`<div><dt>${what}</dt><dd><bdi>${value}</bdi></dd></div>`
}

/** `2026-02-25 21:00` */
function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ')
}

function runDetails(run: Run): Html {
  const { status, success, error_message: error, expected_outcome: outcome, evaluation, transcript_object: turns } = run
  const isOver = status !== 'pending' && status !== 'in_progress'
  const sign = isOver ? (success ? html`<span class="good">✓</span>` : html`<span class="bad">✗</span>`) : html`<span class="soft">…</span>`
  const told = isOver && status === 'completed' ? (success ? 'succeeded' : 'did not succeed') : status.replace('_', ' ')
  return html`<details>
<summary>${sign}<span class="name"><bdi>${run.scenario_name}</bdi>${run.personality_name === null ? '' : html` <span class="soft">· <bdi>${run.personality_name}</bdi></span>`}${why(run)}</span><span class="soft">${told} · ${run.duration} · run ${run.id}</span></summary>
<div>
${error === null ? '' : html`<p class="bad"><bdi>${error}</bdi></p>`}
${outcome ? lines(outcome.explanation.map(check)) : ''}
${evaluation && evaluation.metrics.length > 0 ? lines(evaluation.metrics.map(({ name, value, enum: text, score }) => html`<bdi>${name}</bdi>: ${String(text ?? value ?? score ?? 'not scored')}`)) : ''}
${run.voice_recording_url === null ? '' : html`<audio controls preload="none" src="${run.voice_recording_url}"></audio>`}
${
  turns.length === 0
    ? html`<p class="soft">No conversation.</p>`
    : html`<dl class="talk">${turns.map(({ role, content, start_time: startS }) => html`<div><time>${startS.toFixed(1)} s</time><dt>${role}</dt><dd dir="auto">${content}</dd></div>`)}</dl>`
}
</div>
</details>
`
}

/** A line of an explanation. A text sign replaces its emoji, which not every machine can show. */
function check(line: string): Html {
  const sign = {
    '✅': html`<span class="good">✓</span> `,
    '❌': html`<span class="bad">✗</span> `,
    '❔': html`<span class="soft">?</span> `,
  }[line.charAt(0)]
  return html`${sign}<bdi>${sign ? line.slice(1).trimStart() : line}</bdi>`
}

/** The first reason why the run did not succeed, shown before the run is unfolded. */
function why({ success, error_message: error, expected_outcome: outcome }: Run): Html | undefined {
  const reason = error ?? (success ? undefined : outcome?.explanation.find(line => !line.startsWith('✅')))
  return reason === undefined ? undefined : html`<small>${check(reason)}</small>`
}

function lines(items: readonly Html[]): Html {
  return html`<ul class="plain">${items.map(item => html`<li>${item}</li>`)}</ul>`
}
