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
import { createCallRoom } from '../call-room.js'
import { runUseOf, type Order } from '../executor.js'
import { planDocument, type Prepared } from '../plan-document.js'
import type { Adapters } from '../registry.js'
import type { RecordedBy } from './sent-recordings.js'
import { openOptions, secretName } from './seal-options.js'
import { isJob, isSigned } from './sign-job.js'
import { digestOf, openDocument } from '../sealed-document.js'
import { createSharedAgents } from '../shared-agents.js'
import { withSharedModels } from '../shared-models.js'
import { shareSpeech } from '../shared-speech.js'
import { ModelUnfit, openModels, type SuiteModels } from '../suite-models.js'

/** What is specific to a worker's machine. */
export interface Machine {
  /** Suite folders are relative to this one. */
  readonly root: string
  readonly environment: Environment
}

/** Conducts jobs on this machine. */
export interface JobConductor extends AsyncDisposable {
  readonly conductJob: Work
}

/** How many suites stay open. */
const keptOpen = 50
/** How often machines that lack something pass a job on. */
const passedOn = 3
/** A run whose worker died this often is not retried: the run may be the reason. */
const deathsAtMost = 2

/** A suite opened on this machine, or why the machine cannot run it. */
type Opened =
  | (Prepared & { readonly models: SuiteModels })
  | { readonly lacks: Fault }
  | { readonly broken: Fault }
  /** Somebody other than who ordered the run may have written it. */
  | { readonly refused: Fault }

/**
 * @param onRefused  Called with a job that is not conducted because of who may have written it, and why.
 * @param onNote  Called with a sentence for the operator.
 */
export function createJobConductor(
  own: Adapters,
  { recordedBy, ...machine }: Machine & { readonly recordedBy: RecordedBy },
  onRefused: (run: string, why: string) => void,
  onNote?: (text: string) => void,
): JobConductor {
  const speech = shareSpeech(withSharedModels(own))
  const { use } = speech
  const agents = createSharedAgents(use)
  const calls = createCallRoom(onNote)
  const suites = new Map<string, Promise<Opened>>()

  /** Opens a suite once for all jobs of a result. */
  const open = (job: RunJob, desk: WorkDesk): Promise<Opened> => {
    const key = JSON.stringify([job.document, job.options, job.secrets])
    let suite = suites.get(key)
    if (!suite) {
      suite = openSuite(job, desk, machine, use)
      suites.set(key, suite)
      // The machine may have tomorrow what it lacks today, so a failure is not kept.
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
    async conductJob(job, desk, signal) {
      if (!isJob(job)) return onRefused('that is no run', 'The queue contains a job that Callsheet did not write.')
      const earlier = [...job.earlier, ...desk.earlier]
      const end = (fault: Fault): Promise<void> => desk.tell(endedBy({ ...job, earlier }, fault, use))
      const secret = machine.environment[secretName]
      const opened = !secret || isSigned(job, secret) ? await open(job, desk) : { refused: callFaults.workerRefuses({ name: secretName }) }
      if ('refused' in opened) {
        onRefused(job.run, opened.refused.message)
        // A worker with another secret may take it.
        if (desk.taken < passedOn) throw new FaultError(opened.refused)
        return end(opened.refused)
      }
      if ('lacks' in opened && desk.taken < passedOn) throw new FaultError(opened.lacks)
      if ('lacks' in opened) return end(opened.lacks)
      if ('broken' in opened) return end(opened.broken)
      const spec = runAt(opened.plan, job.index)
      if (spec?.key !== job.run) return end(callFaults.workerPlansOtherwise({ mistakes: '' }))
      if (desk.deaths >= deathsAtMost) return end(callFaults.workersLost())

      using agent = agents.use(spec.entry.agent, opened.mask, (ready, tookMs) => {
        void desk.tell({ type: 'agent.ready', at: use.clock.date().toISOString(), agent: ready.key, tookMs })
      })
      let reported = Promise.resolve()
      const order: Order = {
        prepared: opened,
        models: opened.models,
        result: job.result,
        recordings: recordedBy(job, desk),
        admit: () => (signal.aborted ? 'cancelled' : undefined),
        hasEnded: () => false,
        earlier: () => earlier,
        emit(event) {
          // A worker sees single runs, and so never controls a judge.
          if (event.type !== 'judge.controlled') reported = desk.tell(event)
        },
        stored: () => reported,
        runId: () => job.runId,
        signal,
      }
      const runUse = await runUseOf(order, agent, use)
      const conduct = (): Promise<void> => runAlone(opened.plan, spec, runUse)
      await (spec.case.call ? calls.enter(opened.models, conduct) : conduct())
      await reported
    },
    async [Symbol.asyncDispose]() {
      await agents[Symbol.asyncDispose]()
      await speech[Symbol.asyncDispose]()
    },
  }
}

/** Opens the document with this machine's environment, plans it, and opens its models. */
async function openSuite(job: RunJob, desk: WorkDesk, { root, environment }: Machine, use: Adapters): Promise<Opened> {
  const options = openOptions(job, environment[secretName])
  if (!options) return { lacks: callFaults.workerLacksSecret({ name: secretName }) }
  const body = await desk.document(job.document)
  // The server publishes the document again together with the jobs.
  if (body === undefined) throw new Error('The suite was not found in the queue.')
  if (digestOf(body) !== job.document) return { refused: callFaults.otherSuiteInQueue() }
  const opened = openDocument(body, environment, root)
  if ('missing' in opened) return { lacks: callFaults.workerLacksVariables({ names: opened.missing }) }
  const prepared = planDocument(opened.document, { cwd: root, options })
  if ('diagnostics' in prepared)
    return { broken: callFaults.workerPlansOtherwise({ mistakes: prepared.diagnostics.map(({ message }) => message).join(' ') }) }
  try {
    const models = await openModels(prepared, { isResumed: false, check: false, calls: true }, use, new AbortController().signal)
    return { ...prepared, models }
  } catch (cause) {
    // Another machine may have what speaks and hears.
    if (cause instanceof ModelUnfit) return { lacks: cause.fault }
    throw cause
  }
}

function endedBy({ index, run: key, earlier }: RunJob, fault: Fault, { clock }: Adapters): RunEnded {
  const outcome: Outcome = { status: 'infra_error', transcript: nothingSaid('Main agent-call-not-connected'), fault }
  return runEnded({ index, key }, { at: clock.date().toISOString(), last: { outcome }, earlier })
}
