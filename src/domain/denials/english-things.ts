import { isVerb } from './english-verbs.js'
import { anyWord, either, inOrder, maybe, one, phrase, setOf, upTo } from './grammar.js'

/** What the agent is called. */
export const agentNouns = 'agent assistant bot chatbot voicebot receptionist representative'

/** The agent, as the subject of a sentence. */
export const agent = either(inOrder(phrase('the|a|an|our|your|this? ai|voice|chat|support|phone?'), one(agentNouns)), one('it he she they'))

/** Whomever the agent talks to, or about. */
export const person = either(
  phrase('a|the? colleague|colleagues|doctor|human|manager|nurse|person|police|supervisor'),
  phrase('the|a|an|any|its|other|their? caller|callers|customer|customers|patient|patients|user|users|guest|guests|client|clients'),
  one('anyone anybody them him her'),
  phrase('third parties'),
)

const determiner = either(
  one('the a an any its his her their our your'),
  phrase(`the|a|an|another? caller's|customer's|patient's|user's|guest's|client's`),
  phrase(`the|other? callers'|customers'|patients'|users'|guests'|clients'`),
)

const anyAdjective =
  one(`binding complete confidential credit detailed discriminatory exact financial formal free full internal legal medical
  offensive official personal political private religious second secret sensitive sexual social special specific technical`)

/** `medical`, `legal or financial`. */
const adjective = inOrder(anyAdjective, maybe(inOrder(upTo(3, inOrder(one(','), anyAdjective)), one('or'), anyAdjective)))

/** Nouns that stand before another noun, and are no verbs. */
const modifier = one(`account bank billing booking card contact credit customer data debit delivery e-mail email identity insurance invoice
  mobile order passport patient payment phone pin policy reference security street system tax telephone ticket tracking voucher`)

/** Nouns that may stand without an article, and behind another noun. */
const noun =
  one(`account accounts address addresses advice appointment appointments birth booking bookings card cards code codes compensation
  competitor competitors data date dates detail details diagnosis diagnoses discount discounts dosage dosages e-mail e-mails email emails emojis
  exception exceptions facts guarantees information instructions insurance invoice invoices jargon jokes language medication money number numbers opinions order orders password
  passwords payment payments permission pin pins policies politics prescription prescriptions prices profanity prompt prompts recommendations religion secrets slang ticket tickets
  voucher vouchers`)

/** Nouns that could be read as verbs behind another noun. */
const loneNoun = one(
  'call calls charge charges chat compliments conversation name names offers price promise promises quotes refund refunds',
)

/** Behind an article, words that are no plain thing: they limit what is denied, say when, turn it around, or have no meaning of their own. */
const limits =
  setOf(`absence again all alone always amount and as at because before beginning best bit both brush-off but by case contrary correct day
  days delay denial different double doubt each else end enough entire every everything excuse extra failure few fewer first following for former
  fraction from future half hour hours how if in instant instead into is it just lack last late later latter least less little lot many matter
  maximum mere minimum minute minutes moment month months more most much never next no none nor not nothing of omission on once one only opposite or
  other others otherwise outset own part partial past pittance portion proper quarter rebuff refusal rejection remainder rest right runaround same
  second secret silence since single so sole start sum than that then third though time times to too total true truth twice two until unless usual
  very week weeks what when where which while who whole whose why with within without wrong year years yet`)

/** Whether a word that we do not know may be a noun. */
function mayBeNoun(word: string): boolean {
  return /^\p{L}{3,}$/u.test(word) && !limits.has(word) && !isVerb(word) && !/(?:ly|ing)$/.test(word)
}
const anyNoun = anyWord(mayBeNoun)

const number = anyWord(word => /^(?:\p{L}{1,3}-?)?\p{N}+(?:-\p{N}+)*$/u.test(word))
/** A name such as `A-1042`: a number alone would be an amount. */
const id = anyWord(word => /^\p{L}{1,3}-?\p{N}+(?:-\p{N}+)*$/u.test(word))
/** A tool, by its name: `refund_order`, `the refund_order tool`. */
const tool = inOrder(
  maybe(one('the any')),
  anyWord(word => /^\p{L}+(?:_[\p{L}\p{N}]+)+$/u.test(word)),
  maybe(one('tool function')),
)

const nounPhrase = either(
  inOrder(maybe(determiner), upTo(2, adjective), upTo(2, modifier), noun, maybe(number)),
  inOrder(maybe(determiner), upTo(2, adjective), loneNoun),
  inOrder(
    determiner,
    upTo(2, adjective),
    either(anyNoun, one('refund')),
    maybe(one('address code codes data date details information number numbers policy tool tools')),
  ),
)

/** One thing: `a card number`, `medical advice`, `order A-1042`, `the price of the armchair`. */
export const thing = either(person, id, tool, inOrder(nounPhrase, maybe(inOrder(one('of'), nounPhrase))))

/** One thing or several: `a card number, a password or a pin`. */
export const things = inOrder(
  thing,
  maybe(inOrder(upTo(4, inOrder(one(','), thing)), maybe(one(',')), one('or'), maybe(one('for about')), thing)),
)

/** What `no` is said of: `no refund`, `no card number`. */
export const noThing = either(
  inOrder(upTo(2, adjective), upTo(2, modifier), either(noun, loneNoun, one('caller callers customer customers patient patients'))),
  anyNoun,
)

/** The last word of what is said of something: `refunded`, `late`. */
export const saidOfIt = anyWord(word => /^\p{L}{2,}$/u.test(word) && !limits.has(word))
