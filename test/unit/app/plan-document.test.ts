import { expect, test } from 'vitest'
import { planDocument } from '../../../src/app/plan-document.js'
import { documentOf, suiteWith } from '../pipeline/load/suites.js'

test('no mistake that planning finds shows a secret of the suite', async () => {
  const agents = '{ clinic: { connection: { type: http, url: "http://h/{{${MY_TOKEN}}}", body: "{{message}}" } } }'
  const planned = planDocument(await documentOf(suiteWith({ agents }), { MY_TOKEN: 'tok-abcDEF123' }), { cwd: '.', options: {} })
  expect(planned).toMatchObject({ diagnostics: [{ message: 'There is no value for {{[redacted MY_TOKEN]}} in the connection.' }] })
  expect('diagnostics' in planned && JSON.stringify(planned.diagnostics.map(({ message, hint }) => [message, hint]))).not.toContain(
    'abcDEF',
  )
})
