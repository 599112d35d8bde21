import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pages, root, type Block } from './pages.js'
import { openWorkshop, type Workshop } from './workshop.js'

// Each page is followed from top to bottom in a folder of its own: files are laid where they are shown (`file=`), and
// commands are run. `exit=1` is for commands that must fail; `no-run="..."` says why a command cannot be run here.
// With UPDATE_DOCS=1 the output shown is written anew; review the diff.

const isUpdating = process.env['UPDATE_DOCS'] === '1'
const shells = ['sh', 'console']

describe.concurrent('commands', () => {
  for (const page of pages.filter(({ blocks }) => blocks.some(({ language }) => shells.includes(language)))) {
    test(`${page.path} does what it says`, async () => {
      using workshop = await openWorkshop()
      for (const block of page.blocks) {
        if (block.settings.has('file')) workshop.lay(block)
        for (const step of stepsIn(block)) expect(await take(step, workshop)).toEqual(step)
      }
      // Some pages run a dozen commands, one after the other.
    }, 60_000)
  }

  test('a command that is not run says why', () => {
    const unrun = pages.flatMap(({ blocks }) => blocks).filter(({ settings }) => settings.has('no-run'))
    expect(unrun.filter(({ settings }) => settings.get('no-run') === '').map(({ place }) => place)).toEqual([])
  })
})

/** A command, and what the page says of it. */
interface Step {
  readonly place: string
  readonly command: string
  readonly exit: number
  /** What is shown below the command; of a `sh` block nothing is. */
  readonly output?: string
}

/** A `sh` block is one script; in a `console` block each `$ ` begins a command, with its output below. */
function stepsIn({ language, settings, text, place }: Block): Step[] {
  if (!shells.includes(language) || settings.has('file') || settings.has('no-run')) return []
  const exit = Number(settings.get('exit') ?? 0)
  if (language === 'sh') return [{ place, command: text, exit }]
  return text
    .split(/^\$ /m)
    .slice(1)
    .map(part => {
      const [command = '', ...lines] = part.split('\n')
      return { place, command, exit, output: lines.join('\n').trimEnd() }
    })
}

/** Takes a step for real. Shown is standard output, or standard error of a command that prints nothing else. */
async function take(step: Step, workshop: Workshop): Promise<Step> {
  const { exit, stdout, stderr } = await workshop.run(step.command)
  if (step.output === undefined) return { ...step, exit, ...(exit !== step.exit && { output: stdout + stderr }) }
  const output = (stdout.trim() === '' ? stderr : stdout).trimEnd()
  if (asPattern(step.output).test(output)) return { ...step, exit }
  if (!isUpdating) return { ...step, exit, output }
  rewrite(step, output)
  return { ...step, exit }
}

/** A line `...` stands for any lines. */
function asPattern(shown: string): RegExp {
  const lines = shown
    .split('\n')
    .map(line => (line === '...' ? String.raw`[\s\S]*?` : line.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)))
  return new RegExp(`^${lines.join('\n')}$`)
}

function rewrite({ place, command, output = '' }: Step, printed: string): void {
  const path = join(root, place.split(':')[0] ?? '')
  const shown = (text: string): string => `$ ${command}\n${text === '' ? '' : `${text}\n`}`
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(shown(output), () => shown(printed)),
  )
}
