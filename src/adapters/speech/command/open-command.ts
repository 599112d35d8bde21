import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, isAbsolute, join, resolve } from 'node:path'
import type { Environment } from '../../../domain/environment.js'
import { excerpt } from '../../../domain/excerpt.js'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import { noMask, type Mask } from '../../../domain/mask.js'
import { Place } from '../../../domain/place.js'
import type { CommandSpeech } from '../../../domain/speech-settings.js'
import { fingerprint } from '../fingerprint.js'
import type { Attempt } from '../requests.js'
import { findProgram } from './find-program.js'
import { modelFile, type Files, type Preset } from './presets.js'
import { runProgram } from './run-program.js'

export interface CommandUse {
  readonly environment: Environment
  /** Masks what faults quote. Default: nothing. */
  readonly mask?: Mask
}

/** A program that is there. */
export interface OpenCommand {
  readonly place: Place
  readonly name: string
  /** With the model's file, where the preset has one. */
  readonly settings: CommandSpeech
  /** Runs it once. @throws {FaultError} when it fails. */
  run(task: Task, attempt: Attempt): Promise<Made>
  /** What the program of a preset prints when it is called like this. @throws {FaultError} when it fails. */
  print(args: readonly string[], attempt: Attempt): Promise<string>
}

export interface Task {
  readonly input: Buffer
  readonly env?: Readonly<Record<string, string>>
  /** The arguments of a preset. */
  readonly args?: (files: Files) => readonly string[]
  /** More files that it reads. */
  readonly files?: Readonly<Record<string, string>> | undefined
}

export interface Made {
  readonly output: Buffer
  /** The end of what it printed on standard error. */
  readonly said: string
}

/** Of what a program makes: eight minutes of sound at 48 kHz. */
const mostBytes = 48 << 20
const longestName = 60

/** @throws {FaultError} when the program is not there, or what it needs. */
export function openCommand(given: CommandSpeech, preset: Preset | undefined, { environment, mask = noMask }: CommandUse): OpenCommand {
  const { command, cwd, role } = given
  const words = typeof command === 'string' ? command.split(/\s+/) : (command ?? [])
  const wordsShown = mask.text(words.map(withoutFolder).join(' '))
  const shown = given.preset ?? excerpt(wordsShown, longestName)
  const place = new Place(shown, mask)
  const asked = { speech: role, place } as const
  const [program, missing] = preset
    ? [preset.programs.map(name => findProgram(name, environment, cwd)).find(path => path !== undefined), `Install it: ${preset.install}.`]
    : [findProgram(words[0] ?? '', environment, cwd), `Correct models.${role}.command.`]
  if (program === undefined && typeof command !== 'string') throw new FaultError(speechFaults.programMissing({ ...asked, next: missing }))

  const settings = preset?.model ? withModel(preset.model) : given
  const files = [program, ...(preset ? [settings.models] : words.slice(1).map(word => resolve(cwd, word)))]
  const name = `command ${shown} (${fingerprint(
    files.filter(file => file !== undefined),
    preset ? '' : wordsShown,
  )})`
  return {
    place,
    name,
    settings,
    run: preset ? runInFolder : ({ input, env }, attempt) => runOnce(command ?? [], input, env, attempt),
    print: async (args, attempt) => (await runOnce([program ?? '', ...args], Buffer.alloc(0), undefined, attempt)).output.toString(),
  }

  function withModel(model: NonNullable<Preset['model']>): CommandSpeech {
    const models = modelFile(given.models, model)
    if (models !== undefined) return { ...given, models }
    const where = given.models === undefined ? `models.${role}.models is missing` : `${given.models} is not there, or has none`
    throw new FaultError(speechFaults.modelUnusable({ ...asked, problem: `it needs ${model.what}, and ${where}` }))
  }

  async function runInFolder({ input, args, files: more = {} }: Task, attempt: Attempt): Promise<Made> {
    const folder = await mkdtemp(join(tmpdir(), 'callsheet-speech-'))
    try {
      const own: Files = { input: join(folder, 'input'), output: join(folder, 'output'), folder }
      if (preset?.fromFile) await writeFile(own.input, input)
      for (const [file, content] of Object.entries(more)) await writeFile(join(folder, file), content)
      const made = await runOnce([program ?? '', ...(args?.(own) ?? [])], preset?.fromFile ? Buffer.alloc(0) : input, undefined, attempt)
      return preset?.intoFile ? { ...made, output: await contentOf(own.output) } : made
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async function runOnce(line: string | readonly string[], input: Buffer, env: Task['env'], attempt: Attempt): Promise<Made> {
    const ended = await runProgram({ command: line, cwd, ...(env && { env }) }, input, { ...attempt, mostBytes, mask })
    if (ended === 'missing') throw new FaultError(speechFaults.programMissing({ ...asked, next: missing }))
    const { how, output, said } = ended
    if (output === 'too_large') throw new FaultError(speechFaults.tooLarge({ ...asked, most: mostBytes }))
    if (how !== undefined) throw new FaultError(speechFaults.programFailed({ ...asked, how, output: said }))
    return { output, said }
  }
}

/** Reports say which program it is, and not where this machine has it. */
function withoutFolder(word: string): string {
  return isAbsolute(word) ? basename(word) : word
}

/** A program that made nothing wrote no file. */
async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch {
    return Buffer.alloc(0)
  }
}
