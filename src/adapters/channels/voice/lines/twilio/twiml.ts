import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import type { Place } from '../../../../../domain/place.js'

/** A verb of TwiML, or a noun within one. */
export interface Verb {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Its text, with that of markup within it. */
  readonly text: string
  readonly children: readonly Verb[]
}

/** What Twilio takes at most. */
const mostBytes = 64 << 10
const mostVerbs = 1_000

/**
 * Reads the verbs of a TwiML document. Of XML only what TwiML needs: no document types, no entities of its own.
 *
 * @throws {FaultError} when it is not TwiML.
 */
export function readTwiml(body: Buffer, place: Place): readonly Verb[] {
  const text = body.toString()
  if (body.length > mostBytes) throw notTwiml(`it has more than ${mostBytes / 1024} KiB`)
  const root = rootOf(text.trim())
  if (root?.name !== 'Response') throw notTwiml('its root is not <Response>')
  let verbs = 0
  return childrenOf(root)

  function rootOf(xml: string): XmlElement | null {
    try {
      return parseXml(xml).root
    } catch (error) {
      throw notTwiml(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error))
    }
  }

  function childrenOf(element: XmlElement): Verb[] {
    return element.children.flatMap(child => {
      if (!(child instanceof XmlElement)) return []
      verbs += 1
      if (verbs > mostVerbs) throw notTwiml(`it has more than ${mostVerbs} verbs`)
      return [{ name: child.name, attributes: child.attributes, text: child.text.trim(), children: childrenOf(child) }]
    })
  }

  function notTwiml(reason: string): FaultError {
    return new FaultError(lineFaults.notTwiml({ place, reason, text }))
  }
}
