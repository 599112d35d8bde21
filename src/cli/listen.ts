import { runsWithCalls, showCall, showCallLines, type RunCalls } from '../app/calls-with-sound.js'
import { checkRecording } from '../app/check-recording.js'
import { defaultAdapters } from '../app/registry.js'
import { count } from '../domain/count.js'
import type { Recording } from '../domain/recording.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { exitGiven, findResult } from './find-result.js'
import { hasColour, isUnicode, widthOf, printError, write } from './terminal.js'
import { UsageError } from './usage-error.js'

/** Where nobody says how wide the output is. */
const usualWidth = 80

/** `callsheet listen`: shows a call in two lanes, with its recording; without a run, the calls of a result. */
export async function listen(name: string, run: string | undefined, { attempt }: { readonly attempt?: number }): Promise<ExitCode> {
  const result = await findResult(name, await defaultAdapters(process.env))
  if (run === undefined) {
    if (attempt !== undefined) throw new UsageError('--attempt needs a run. Add the key of one.')
    await listCalls(result, name)
    return exitGiven(exit.passed, [result])
  }
  const call = attemptOf(await findRun(result, run, name), attempt, name)
  const colour = hasColour(process.stdout)
  const width = widthOf(process.stdout) ?? usualWidth
  await write(process.stdout, await showCall(call, { colour, width, isPlain: !colour || !isUnicode() }))
  return exitGiven(await tellRecording(call.sound.recording, result.place), [result])
}

type Result = Awaited<ReturnType<typeof findResult>>

async function listCalls(result: Result, name: string): Promise<void> {
  let found = 0
  for await (const { calls } of runsWithCalls(result)) {
    found += calls.length
    for (const line of await showCallLines(calls)) await write(process.stdout, `${line}\n`)
  }
  if (found === 0) throw new UsageError(noSound(`No run of ${result.place}`, name))
  await write(process.stdout, `\n${count(found, 'call')} with sound. Show one with: callsheet listen ${safeLine(name)} <run>\n`)
}

function noSound(what: string, name: string): string {
  return `${what} has sound. Read what was said with: callsheet report ${name}. Voice connections (chirp, twilio_stream, media_stream) have sound.`
}

/** The run with this key, or the only one with this text in its key. */
async function findRun(result: Result, wanted: string, name: string): Promise<RunCalls> {
  const similar: RunCalls[] = []
  let several = 0
  for await (const each of runsWithCalls(result)) {
    if (each.run.run === wanted) return each
    if (!each.run.run.toLowerCase().includes(wanted.toLowerCase())) continue
    several += 1
    if (several === 1) similar.push(each)
  }
  const list = `List the runs with: callsheet listen ${name}`
  if (several > 1) throw new UsageError(`${several} runs of ${result.place} have "${wanted}" in their key. ${list}`)
  const [only] = similar
  if (!only) throw new UsageError(`There is no run "${wanted}" in ${result.place}. ${list}`)
  return only
}

function attemptOf({ run, calls }: RunCalls, attempt: number | undefined, name: string): RunCalls['calls'][number] {
  const call = attempt === undefined ? calls.at(-1) : calls.find(each => each.attempt === attempt)
  if (call) return call
  if (calls.length === 0) throw new UsageError(noSound(`No attempt of run ${run.run}`, name))
  const known = calls.map(each => each.attempt).join(', ')
  throw new UsageError(`Attempt ${attempt} of run ${run.run} has no sound. These have: ${known}.`)
}

async function tellRecording(recording: Recording | undefined, place: string): Promise<ExitCode> {
  if (!recording) {
    await write(process.stdout, 'Recording: none was kept. Set recordings: all in the suite to keep every one.\n')
    return exit.passed
  }
  const { bytes, sha256, mediaType, rate } = recording
  const facts = `  ${count(bytes, 'byte')}, ${mediaType}, ${rate} Hz, caller left, agent right\n  sha256 ${safeLine(sha256)}`
  const check = await checkRecording(recording, place)
  switch (check.status) {
    case 'intact':
      await write(process.stdout, `Recording: ${safeLine(check.path)}\n${facts}, as in the journal\n`)
      return exit.passed
    case 'elsewhere':
      await write(process.stdout, `Recording: ${safeLine(check.url)}\n${facts}, not checked: it is kept elsewhere\n`)
      return exit.passed
    case 'altered':
      printError(check.message)
      return exit.failed
    case 'missing':
      printError(check.message)
      return exit.inconclusive
  }
}
