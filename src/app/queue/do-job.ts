import type { RunEnded } from '../../domain/event.js'
import { FaultError, type Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { nothingSaid } from '../../domain/nothing-said.js'
import type { Outcome } from '../../domain/outcome.js'
import { runAt } from '../../domain/plan.js'
import { runEnded } from '../../domain/run-ended.js'
import type { Environment } from '../../domain/environment.js'
import { runAlone } from '../../pipeline/run/run-plan.js'
import type { RunJob, Work, WorkDesk } from '../../ports/run-queue.js'
import { runUseOf, type Order } from '../executor.js'
import { planDocument, type Prepared } from '../plan-document.js'
import type { Adapters } from '../registry.js'
import { openOptions, secretName } from './seal-options.js'
import { openDocument } from '../sealed-document.js'
import { createSharedAgents } from '../shared-agents.js'
import { withSharedModels } from '../shared-models.js'
import { openModels, type SuiteModels } from '../suite-models.js'

/** What a worker's machine has that others may lack. */
export interface Machine {
  /** Folder that suites' folders are relative to here. */
  readonly root: string
  readonly environment: Environment
}

/** Does jobs on this machine. */
export interface JobDoer extends AsyncDisposable {
  readonly doJob: Work
}

/** Suites that are kept open. */
const keptOpen = 50
/** How often a job is passed on by machines that lack what it needs. */
const passedOn = 3
/** A run whose worker died this often is not tried again: it may well be the reason. */
const deathsAtMost = 2

/** A suite as this machine sees it; or why it cannot run it. */
type Opened = (Prepared & { readonly models: SuiteModels }) | { readonly lacks: Fault } | { readonly broken: Fault }

export function createJobDoer(own: Adapters, machine: Machine): JobDoer {
  const use = withSharedModels(own)
  const agents = createSharedAgents(use)
  const suites = new Map<string, Promise<Opened>>()

  /** Once for all jobs of a result. */
  const open = (job: RunJob, desk: WorkDesk): Promise<Opened> => {
    const key = JSON.stringify([job.document, job.options, job.secrets])
    let suite = suites.get(key)
    if (!suite) {
      suite = openSuite(job, desk, machine, use)
      suites.set(key, suite)
      // What this machine lacks today it may have tomorrow.
      suite.then(
        opened => 'plan' in opened || suites.delete(key),
        () => suites.delete(key),
      )
      const [oldest] = suites.keys()
      if (suites.size > keptOpen && oldest !== undefined) suites.delete(oldest)
    }
    return suite
  }

  return {
    async doJob(job, desk, signal) {
      const end = (fault: Fault): Promise<void> => desk.tell(endedBy(job, fault, use))
      const opened = await open(job, desk)
      if ('lacks' in opened && desk.taken < passedOn) throw new FaultError(opened.lacks)
      if ('lacks' in opened) return end(opened.lacks)
      if ('broken' in opened) return end(opened.broken)
      const spec = runAt(opened.plan, job.index)
      if (spec?.key !== job.run) return end(callFaults.workerPlansOtherwise({ mistakes: '' }))
      if (desk.deaths >= deathsAtMost) return end(callFaults.workersLost())

      using agent = agents.use(spec.entry.agent, (ready, tookMs) => {
        void desk.tell({ type: 'agent.ready', at: use.clock.date().toISOString(), agent: ready.key, tookMs })
      })
      let told = Promise.resolve()
      const order: Order = {
        prepared: opened,
        models: opened.models,
        result: job.result,
        admit: () => (signal.aborted ? 'cancelled' : undefined),
        hasEnded: () => false,
        earlier: () => job.earlier,
        emit(event) {
          // A worker is given no result as a whole, and so no judge to doubt.
          if (event.type !== 'judge.controlled') told = desk.tell(event)
        },
        stored: () => told,
        runId: () => job.runId,
        signal,
      }
      await runAlone(opened.plan, spec, await runUseOf(order, agent, use))
      await told
    },
    [Symbol.asyncDispose]: () => agents[Symbol.asyncDispose](),
  }
}

/** Opens the document with this machine's environment, plans, and opens its models. */
async function openSuite(job: RunJob, desk: WorkDesk, { root, environment }: Machine, use: Adapters): Promise<Opened> {
  const options = openOptions(job, environment[secretName])
  if (!options) return { lacks: callFaults.workerLacksSecret({ name: secretName }) }
  const body = await desk.document(job.document)
  // It is published again with the jobs.
  if (body === undefined) throw new Error('The suite was not found in the queue.')
  const opened = openDocument(body, environment, root)
  if ('missing' in opened) return { lacks: callFaults.workerLacksVariables({ names: opened.missing }) }
  const prepared = planDocument(opened.document, { cwd: root, options })
  if ('diagnostics' in prepared)
    return { broken: callFaults.workerPlansOtherwise({ mistakes: prepared.diagnostics.map(({ message }) => message).join(' ') }) }
  const models = await openModels(prepared, { goesOn: false, check: false }, use, new AbortController().signal)
  return { ...prepared, models }
}

function endedBy({ index, run: key, earlier }: RunJob, fault: Fault, { clock }: Adapters): RunEnded {
  const outcome: Outcome = { status: 'infra_error', transcript: nothingSaid('Main agent-call-not-connected'), fault }
  return runEnded({ index, key }, { at: clock.date().toISOString(), last: { outcome }, earlier })
}
