// Looks for the secret in all that was written, in every form that it might have.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const token = process.env.TOKEN
const inXml = token.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const forms = [
  token,
  encodeURIComponent(token),
  JSON.stringify(token).slice(1, -1),
  JSON.stringify(JSON.stringify(token)).slice(3, -3),
  Buffer.from(token).toString('base64').replace(/=+$/, ''),
  inXml,
  inXml.replaceAll('"', '&quot;'),
  's3cret',
]
for (const file of process.argv.slice(2).flatMap(filesOf)) {
  const text = readFileSync(file, 'utf8')
  const found = forms.filter((form) => text.includes(form))
  const isRedacted = text.includes('[redacted TOKEN]')
  console.log(`${file}: ${found.length > 0 ? `LEAKS ${found.join('  ')}` : isRedacted ? 'redacted' : 'no secret'}`)
}

function filesOf(path) {
  return statSync(path).isDirectory() ? readdirSync(path).toSorted().flatMap((name) => filesOf(join(path, name))) : [path]
}
