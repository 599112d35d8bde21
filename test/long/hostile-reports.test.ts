import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'ctrf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { jenkinsSchema } from '../support/junit-schema.js'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// An agent and a suite all of whose words are hostile: in every output they are seen, and do nothing.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)

/** Ends whatever it may stand in, and begins something else. */
const hostile = [
  'x</script></details><img src=x onerror=alert(1)><!-- ]]> ``` | @octocat a@b.example [l](javascript:alert(1)) https://evil.example',
  '::error file=a::b %0A::stop-commands::x ##vso[task.complete result=Succeeded;]x ##teamcity[testFailed] [[ATTACHMENT|/etc/passwd]]',
  '"} 1\n# EOF\n\u001b[31m\u0007\u202Egnp.exe\u2028 \uD800 lone <endcall/> {{name}} ${HOME}',
].join('\n')
const quoted = JSON.stringify(hostile.replaceAll('<endcall/>', '').replaceAll(/\{\{.*?\}\}|\$\{.*?\}|\uD800/g, ''))

/** Signs that control a terminal or change the order in which text is read. */
function controlsIn(shown: string): readonly string[] {
  return shown.replaceAll(/[\t\n]/g, '').match(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu) ?? []
}

const outputs = ['console', 'markdown', 'github', 'azure', 'junit', 'ctrf', 'metrics', 'json', 'html'] as const
const texts = new Map<string, string>()
const text = (output: (typeof outputs)[number]): string => texts.get(output)!

beforeAll(async () => {
  writeFileSync(
    path('agent.mjs'),
    `const hostile = ${JSON.stringify(hostile)}
export default () => ({
  content: hostile,
  tool_calls: [{ id: 'c1', name: hostile.slice(0, 60), arguments: { [hostile]: hostile }, result: hostile }],
  metadata: { agent_version: hostile, [hostile]: hostile },
  end: true,
})\n`,
  )
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: ${quoted}, owner: ${quoted} }
agents: { shop: { name: ${quoted}, connection: { type: module, path: agent.mjs }, identity: { version: ${quoted} } } }
waivers: [{ case: "*", check: "agent says*morning*", reason: ${quoted}, issue: ${quoted}, owner: ${quoted}, expires: "2026-01-31" }]
runs: [{ name: ${quoted}, scenarios: all }]
scenarios:
  a:
    name: ${quoted}
    tags: [${quoted}]
    script: { first_message: Hello. }
    expect: [{ agent_says: { contains: morning } }]
  b:
    name: ${quoted}
    script: { first_message: Hello. }
    expect: [{ agent_says: { contains: ${quoted.replace('"x', '"y')} } }, { tool_called: { name: ${quoted} } }]
`,
  )
  const ran = await callsheet(['run', 'suite.yaml', '--out', 'r', '--reporter', 'none', '--env-name', hostile], folder.path, {
    CALLSHEET_LOGICAL_CLOCK: '2026-01-01T09:00:00Z',
  })
  if (ran.exit !== 1) throw new Error(ran.stderr)
  for (const output of outputs) {
    const made = await callsheet(['report', 'r', '--reporter', output, '--junit-output', 'all'], folder.path)
    if (made.exit !== 0) throw new Error(made.stderr)
    texts.set(output, made.stdout)
  }
})

describe('hostile words', () => {
  test.each(outputs)('are seen in %s, and neither control a terminal nor reorder what is read', output => {
    expect(text(output)).toContain('octocat')
    expect(controlsIn(text(output))).toEqual([])
    expect(text(output)).not.toContain('\uD800')
  })

  test.each(['console', 'markdown', 'junit', 'ctrf', 'metrics', 'json', 'html'] as const)(
    'are no command for a CI service in %s',
    output => {
      expect(text(output)).not.toMatch(/^\s*::\w|##vso\[|##teamcity\[/m)
    },
  )

  test('are in one command each for GitHub and Azure', () => {
    for (const line of text('github').trimEnd().split('\n')) expect(line).toMatch(/^::(?:error|warning|notice) [^:]*::(?!error|stop)/)
    for (const line of text('azure').trimEnd().split('\n')) {
      expect(line).toMatch(/^##vso\[task\.logissue type=(?:error|warning);[^\]]*\]/)
      expect(line.slice(2)).not.toContain('##vso[')
    }
  })

  test('leave each file whole', async () => {
    const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents: text('junit') }, schema: jenkinsSchema })
    expect(errors.map(({ rawMessage }) => rawMessage)).toEqual([])
    expect(text('junit')).not.toMatch(/^\[\[ATTACHMENT\|\/etc/m)
    expect(validate(JSON.parse(text('ctrf')) as object)).toMatchObject({ valid: true })
    expect(text('metrics').match(/^# EOF$/gm)).toHaveLength(1)
    expect(() => JSON.parse(text('json')) as unknown).not.toThrow()
  })

  test('open and close nothing in Markdown', () => {
    const markdown = text('markdown')
    const outside = markdown.replaceAll(/^(`{3,})text\n[^]*?^\1$/gm, '')
    expect(outside).not.toMatch(/<img|<script|<!--|\]\(|https:\/\/|@octocat/)
    expect(outside.match(/^<\/details>$/gm)).toHaveLength(outside.match(/^<details>/gm)?.length ?? 0)
    expect(outside.match(/<\/details>/g)).toHaveLength(outside.match(/^<details>/gm)?.length ?? 0)
    for (const row of outside.match(/^\|.*$/gm) ?? []) expect(row).toMatch(/^(?:\|[^|]*){5,6}\|$/)
    expect(markdown).toContain('### Exceptions')
  })

  test('are text in the page', () => {
    const page = text('html')
    expect(page.match(/<script/g)?.length).toBe(page.match(/<\/script>/g)?.length)
    expect(page).not.toMatch(/<(?:img|\/details>&lt;)/)
  })

  test('are shown harmless by the other commands', async () => {
    for (const args of [
      ['show', 'r'],
      ['show', 'r', '--failed'],
      ['list', '.'],
      ['history', '.'],
      ['compare', 'r', 'r'],
    ]) {
      const { stdout, stderr } = await callsheet(args, folder.path)
      expect([args, controlsIn(stdout + stderr)]).toEqual([args, []])
      expect([args, stdout + stderr]).toEqual([args, expect.not.stringMatching(/^\s*::\w|##vso\[/m)])
    }
    expect(readFileSync(path('r/journal.jsonl'), 'utf8')).toContain('octocat')
  })
})
