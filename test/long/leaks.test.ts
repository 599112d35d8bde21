import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startModelServer } from '../agents/model-server.js'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'
import { countMasked, findLeaks } from '../support/leaks/find-leaks.js'
import { startLeakyAgents } from '../support/leaks/leaky-agents.js'
import { leakyModel, makeLeakage, writeLeakySuite } from '../support/leaks/leaky-suite.js'
import { Dice } from '../support/leaks/secrets.js'

/** How many secrets to let out; `npm run soak` takes many more. */
const total = Number(process.env['SECRETS'] ?? 200)
const perSuite = Math.min(total, 500)
const seed = Number(process.env['LEAKS_SEED'] ?? (process.env['CI'] ? 1 : Date.now() % 1_000_000))

test(
  'no secret that an agent or a model lets out, in whatever form and place, is left in anything we show or store',
  async () => {
    let masked = 0
    for (let done = 0; done < total; done += perSuite) {
      const leakage = makeLeakage(new Dice(seed + done), Math.min(perSuite, total - done))
      using folder = temporaryFolder()
      await using agents = await startLeakyAgents(leakage.leaks)
      const model = await startModelServer(leakyModel(leakage))
      try {
        writeLeakySuite(folder.path, leakage, agents, model.url)
        const args = 'suite.yaml --out result --junit junit.xml --junit-output all --json report.json --record cassette.jsonl'.split(' ')
        const { exit, stdout, stderr } = await callsheet(['run', ...args], folder.path, leakage.environment)
        expect(exit, `by the seed ${seed + done}: ${stderr}`).toBe(3)
        expect(readFileSync(join(folder.path, 'report.json'), 'utf8'), `by the seed ${seed + done}: ${stderr}`).not.toContain(
          'did not finish',
        )
        const again = await callsheet(['report', 'result', '--reporter', 'junit'], folder.path)
        const rescored = await callsheet(
          ['rescore', 'result', '--replay', 'cassette.jsonl', '--out', 'again'],
          folder.path,
          leakage.environment,
        )
        const own = ['suite.yaml', 'leaks.json', 'leaky-program.mjs']
        const files = filesIn(folder.path).filter(file => !own.includes(file))
        const outputs = [
          { name: 'the console', text: stdout + stderr },
          { name: 'report', text: again.stdout + again.stderr },
          { name: 'rescore', text: rescored.stdout + rescored.stderr },
          ...files.map(file => ({ name: file, text: readFileSync(join(folder.path, file), 'utf8') })),
          { name: 'messages read as one', text: saidIn(join(folder.path, 'report.json')) },
        ]
        const found = findLeaks(leakage, outputs)
        expect(found.slice(0, 20), `of ${found.length}, by the seed ${seed + done}`).toEqual([])
        masked += countMasked(outputs)
      } finally {
        await model.close()
      }
    }
    // The secrets really got out.
    expect(masked).toBeGreaterThan(total * 3)
  },
  total * 100 + 60_000,
)

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => statSync(join(folder, file)).isFile())
}

/** What each side said in one turn after the other, with nothing in between. */
function saidIn(report: string): string {
  const { runs } = JSON.parse(readFileSync(report, 'utf8')) as { runs: { transcript: { moments: { by: string; text?: string }[] } }[] }
  return runs.map(({ transcript }) => transcript.moments.map(({ text = '' }) => text.trim()).join('')).join('\n')
}
