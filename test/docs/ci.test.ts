import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { pages, type Block } from './pages.js'
import { openWorkshop } from './workshop.js'

// The scripts of each CI configuration are run, in a folder that `callsheet init` was called in, with the variables that
// the CI would set. Afterwards the reports that the configuration publishes must be there.

const configurations = pages.flatMap(({ blocks }) => blocks).filter(({ settings }) => settings.has('ci'))
const variables = { AGENT_TOKEN: 'token', CI_NODE_TOTAL: '2' }

describe.concurrent('CI configurations', () => {
  for (const block of configurations) {
    test(`${block.place} runs the suite, and publishes what it leaves`, async () => {
      using workshop = await openWorkshop()
      await workshop.run('callsheet init')
      const scripts = scriptsIn(block)
      expect(scripts.join('\n')).toContain('callsheet run')
      // Twice on Jenkins, whose folders are used again.
      for (const { script, node } of jobsOf(block.language === 'groovy' ? [...scripts, ...scripts] : scripts)) {
        const { exit, stderr } = await workshop.run(script, { ...variables, CI_NODE_INDEX: node })
        expect({ script, exit, stderr: exit === 0 ? '' : stderr }).toEqual({ script, exit: 0, stderr: '' })
      }
      const published = publishedBy(block)
      expect(published).toContain('junit.xml')
      expect(published.filter(path => !existsSync(join(workshop.folder, path)))).toEqual([])
    })
  }

  test('there is one for each CI, in the README and in the guide', () => {
    expect(languagesOn('README.md')).toEqual(['yaml', 'yaml', 'groovy'])
    expect(languagesOn('docs/run-in-ci.md')).toEqual(['yaml', 'yaml', 'groovy', 'yaml'])
  })
})

/** Each script, on every node that runs it. */
function jobsOf(scripts: readonly string[]): { script: string; node: string }[] {
  return scripts.flatMap(script => (script.includes('CI_NODE_INDEX') ? ['1', '2'] : ['1']).map(node => ({ script, node })))
}

function languagesOn(page: string): string[] {
  return configurations.filter(({ place }) => place.startsWith(page)).map(({ language }) => language)
}

function scriptsIn({ language, text }: Block): string[] {
  if (language === 'groovy') return [...text.matchAll(/^\s*sh '([^']+)'$/gm)].map(([, script = '']) => script)
  return [...valuesOf(['run', 'script'], parse(text))].flat().filter(script => typeof script === 'string')
}

/** Files and folders that reports and artifacts are taken from. */
function publishedBy({ language, text }: Block): string[] {
  const listed =
    language === 'groovy'
      ? [...text.matchAll(/\b(?:junit|archiveArtifacts) '([^'*]+)/g)].map(([, path = '']) => path)
      : [...valuesOf(['path', 'junit', 'paths'], parse(text))].flat().flatMap(paths => String(paths).trim().split(/\s+/))
  return listed.filter(path => !path.startsWith('.npm'))
}

function* valuesOf(keys: readonly string[], value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (keys.includes(key)) yield inner
    else yield* valuesOf(keys, inner)
  }
}
