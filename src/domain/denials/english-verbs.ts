import { one, setOf, type Phrase } from './grammar.js'

/** Verbs that nobody does who does nothing, so that a sentence that denies one asks for nothing: plain, with -s, with -ing, participle. */
const acts = `
  admit admits admitting admitted, announce announces announcing announced, approve approves approving approved, ask asks asking asked,
  alter alters altering altered, authorise authorises authorising authorised, authorize authorizes authorizing authorized, bill bills billing billed, blame blames blaming blamed,
  book books booking booked, call calls calling called, cancel cancels cancelling cancelled, change changes changing changed,
  charge charges charging charged, claim claims claiming claimed, collect collects collecting collected,
  confirm confirms confirming confirmed, contact contacts contacting contacted, create creates creating created,
  delete deletes deleting deleted, demand demands demanding demanded, diagnose diagnoses diagnosing diagnosed,
  disclose discloses disclosing disclosed, discuss discusses discussing discussed, expose exposes exposing exposed, give gives giving given,
  guarantee guarantees guaranteeing guaranteed, insult insults insulting insulted, interrupt interrupts interrupting interrupted,
  invent invents inventing invented, issue issues issuing issued, leak leaks leaking leaked, mention mentions mentioning mentioned, mock mocks mocking mocked,
  modify modifies modifying modified, name names naming named,
  offer offers offering offered, open opens opening opened, order orders ordering ordered, pay pays paying paid,
  prescribe prescribes prescribing prescribed, process processes processing processed, promise promises promising promised,
  provide provides providing provided, quote quotes quoting quoted, read reads reading read, recommend recommends recommending recommended, refund refunds refunding refunded,
  repeat repeats repeating repeated, request requests requesting requested, reveal reveals revealing revealed, say says saying said,
  schedule schedules scheduling scheduled, sell sells selling sold, send sends sending sent, share shares sharing shared,
  submit submits submitting submitted, suggest suggests suggesting suggested, tell tells telling told,
  threaten threatens threatening threatened, transfer transfers transferring transferred, transmit transmits transmitting transmitted,
  update updates updating updated, use uses using used`

/** The same for what has no object. */
const ways = `
  apologise apologises apologising apologised, apologize apologizes apologizing apologized, argue argues arguing argued,
  curse curses cursing cursed, gossip gossips gossiping gossiped, guess guesses guessing guessed,
  hallucinate hallucinates hallucinating hallucinated, joke jokes joking joked,
  laugh laughs laughing laughed, lie lies lying lied, shout shouts shouting shouted, speak speaks speaking spoken,
  speculate speculates speculating speculated,
  swear swears swearing sworn, talk talks talking talked,
  upsell upsells upselling upsold, yell yells yelling yelled`

/** A form of a verb: `ask`, `asks`, `asking`, `asked`. */
const forms = { plain: 0, present: 1, gerund: 2, participle: 3 } as const
export type Form = keyof typeof forms

/** A verb with an object, in a form. @param plain  Which verbs; default: all of them. */
export function actIn(form: Form, plain?: string): Phrase {
  const wanted = plain === undefined ? undefined : setOf(plain)
  return formOf(
    rowsOf(acts).filter(([verb = '']) => wanted?.has(verb) ?? true),
    form,
  )
}

/** A verb without an object, in a form. */
export function wayIn(form: Form): Phrase {
  return formOf(rowsOf(ways), form)
}

/** Verbs of one's own, in a form. @param rows  The four forms of each, as `try tries trying tried`, with commas between verbs. */
export function verbIn(form: Form, rows: string): Phrase {
  return formOf(rowsOf(rows), form)
}

function formOf(rows: readonly (readonly string[])[], form: Form): Phrase {
  return one(rows.map(row => row[forms[form]]).join(' '))
}

/** Whether a word is a form of one of the verbs. */
export function isVerb(word: string): boolean {
  return allForms.has(word)
}

function rowsOf(verbs: string): readonly (readonly string[])[] {
  return verbs.split(',').map(row => row.trim().split(/\s+/))
}

const allForms: ReadonlySet<string> = new Set(rowsOf(`${acts}, ${ways}`).flat())
